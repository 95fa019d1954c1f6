package dev.parley.socket;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Replays;
import dev.parley.delivery.Connection;
import dev.parley.delivery.Connections;
import dev.parley.delivery.Topics;
import dev.parley.functions.Registry;
import dev.parley.http.Exchange;
import dev.parley.http.HttpDoor;
import dev.parley.http.HttpSettings;
import dev.parley.http.Port;
import dev.parley.http.StreamingDoor;
import dev.parley.store.NoStore;
import dev.parley.store.Store;
import dev.parley.testing.TestClock;
import dev.parley.wire.Ids;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** The real port and the real front door; behind them is nobody but an echo. */
final class EchoServer implements AutoCloseable {
  private final TestClock clock = new TestClock();
  private final AtomicBoolean memoryIsShort = new AtomicBoolean();
  private final Store store = new NoStore();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Port port = open(store, threads, memoryIsShort, clock);

  private static Port open(
      Store store, ExecutorService threads, AtomicBoolean memoryIsShort, TestClock clock) {
    clock.stop();
    Ids ids = new Ids(clock);
    Topics topics = new Topics(store.log(), clock, 0);
    SocketDoor sockets =
        new SocketDoor(
            new SocketSettings(0, 0, 0),
            Optional.empty(),
            Map.of("/ws", Dialects.always(Echo::new)),
            new Anybody(),
            new Connections(clock, topics, 0),
            memoryIsShort::get,
            threads,
            ids,
            clock);
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
            0,
            0,
            0);
    HttpDoor http =
        new HttpDoor(
            settings,
            new Dispatcher(new Registry<Call>(), (function, outcome, nanos, statements) -> {}),
            new Anybody(),
            sockets,
            new NoStreams(),
            Map.of(),
            new Replays(store),
            threads,
            ids,
            clock);
    return new Port(settings, ids, clock, http);
  }

  /** Stands still unless it is put forward. */
  TestClock clock() {
    return clock;
  }

  /** Says whether there is still memory for it. */
  void memoryIsShort(boolean isShort) {
    memoryIsShort.set(isShort);
  }

  int port() {
    return port.number();
  }

  /** Nothing is streamed here. */
  private static final class NoStreams implements StreamingDoor {
    @Override
    public boolean knows(String path) {
      return false;
    }

    @Override
    public void serve(Exchange exchange) {}
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
      // It is never too much.
    }

    @Override
    public boolean isFull() {
      return false;
    }
  }
}
