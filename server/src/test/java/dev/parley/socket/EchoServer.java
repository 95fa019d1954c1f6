package dev.parley.socket;

import dev.parley.calls.Admission;
import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Replays;
import dev.parley.delivery.Connection;
import dev.parley.delivery.Connections;
import dev.parley.delivery.Topics;
import dev.parley.functions.Registry;
import dev.parley.http.HttpDoor;
import dev.parley.http.HttpSettings;
import dev.parley.http.Port;
import dev.parley.store.OpenStore;
import dev.parley.testing.Database;
import dev.parley.wire.Ids;
import dev.parley.wire.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The real port and the real front door; behind them is nobody but an echo. */
final class EchoServer implements AutoCloseable {
  private static final InstantSource STANDS_STILL = InstantSource.fixed(Instant.EPOCH);

  private final OpenStore store = OpenStore.on(Database.SQLITE, 0);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Port port = open(store, threads);

  private static Port open(OpenStore store, ExecutorService threads) {
    Ids ids = new Ids(STANDS_STILL);
    Topics topics = new Topics(store.store().log(), STANDS_STILL, 0);
    SocketDoor sockets =
        new SocketDoor(
            new SocketSettings(0, 0, 0),
            Optional.empty(),
            Echo::new,
            new Nobody(),
            new Connections(STANDS_STILL, topics),
            threads,
            ids,
            STANDS_STILL);
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            true,
            5,
            0);
    HttpDoor http =
        new HttpDoor(
            settings,
            new Dispatcher(new Registry<Call>(), (function, outcome, nanos, statements) -> {}),
            new Nobody(),
            sockets,
            Map.of(),
            new Replays(store.store()),
            threads,
            ids,
            STANDS_STILL);
    return new Port(settings, ids, http);
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + port.number() + "/ws");
  }

  @Override
  public void close() {
    port.close();
    threads.close();
    store.close();
  }

  /** Says what it hears. */
  private record Echo(Connection connection, InetAddress client, Channel channel)
      implements Dialect {
    @Override
    public void text(byte[] utf8) {
      connection.asked();
      connection.answer(Optional.of(utf8));
    }

    @Override
    public void binary(byte[] bytes) {
      channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    @Override
    public void regulate() {
      channel.config().setAutoRead(channel.isWritable());
    }

    @Override
    public boolean isFull() {
      return false;
    }
  }

  /** Knows no account. */
  private static final class Nobody implements Admission {
    @Override
    public Caller authenticate(String token) {
      throw Refusal.unauthenticated("Nobody is known here");
    }

    @Override
    public Caller current(Connection.SignedIn signedIn) {
      throw Refusal.unauthenticated("Nobody is known here");
    }
  }
}
