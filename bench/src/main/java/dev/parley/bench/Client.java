package dev.parley.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/** Opens connections and spreads them over a few event loops. */
public final class Client implements AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int LARGEST_REFUSAL = 1 << 16;

  private final Endpoint endpoint;
  private final Manner manner;
  private final EventLoopGroup loops;
  private final List<Lane> lanes = new ArrayList<>();
  private final Optional<SslContext> tls;
  private final AtomicInteger turn = new AtomicInteger();

  public Client(Endpoint endpoint, int threads, RunClock clock, Tally tally) {
    this(endpoint, Manner.PARLEY, threads, clock, tally);
  }

  Client(Endpoint endpoint, Manner manner, int threads, RunClock clock, Tally tally) {
    this.endpoint = endpoint;
    this.manner = manner;
    tls = endpoint.secure() ? Optional.of(clientTls()) : Optional.empty();
    loops = new MultiThreadIoEventLoopGroup(threads, transport());
    loops.forEach(loop -> lanes.add(new Lane((EventLoop) loop, clock, tally)));
  }

  private static IoHandlerFactory transport() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  private static Class<? extends Channel> channels() {
    return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  private static SslContext clientTls() {
    try {
      return SslContextBuilder.forClient().build();
    } catch (SSLException e) {
      throw new LoadFailure("no TLS on this machine: " + e.getMessage());
    }
  }

  List<Lane> lanes() {
    return lanes;
  }

  /** Connects and shakes hands; with a token the connection is signed in from the start. */
  public CompletableFuture<Connection> connect(Optional<String> token) {
    Lane lane = lanes.get(Math.floorMod(turn.getAndIncrement(), lanes.size()));
    CompletableFuture<Connection> opened = new CompletableFuture<>();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(lane.loop())
            .channel(channels())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(pipeline(lane, token, opened));
    bootstrap
        .connect(endpoint.host(), endpoint.port())
        .addListener((ChannelFuture done) -> connected(done, opened));
    return opened;
  }

  private ChannelInitializer<SocketChannel> pipeline(
      Lane lane, Optional<String> token, CompletableFuture<Connection> opened) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        tls.ifPresent(context -> channel.pipeline().addLast(handler(context, channel)));
        Connection connection = new Connection(channel, lane, manner);
        channel
            .pipeline()
            .addLast(new HttpClientCodec())
            .addLast(new HttpObjectAggregator(LARGEST_REFUSAL))
            .addLast(new Handshake(endpoint, token, connection, opened));
      }
    };
  }

  private io.netty.channel.ChannelHandler handler(SslContext context, SocketChannel channel) {
    return context.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
  }

  private static void connected(ChannelFuture done, CompletableFuture<Connection> opened) {
    Handshake handshake = done.channel().pipeline().get(Handshake.class);
    if (!done.isSuccess()) {
      opened.completeExceptionally(done.cause());
    } else if (handshake == null) {
      opened.completeExceptionally(new LoadFailure("the connection was lost at once"));
    } else {
      handshake.begin(done.channel());
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
