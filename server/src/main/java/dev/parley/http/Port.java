package dev.parley.http;

import dev.parley.wire.Failure;
import dev.parley.wire.Ids;
import dev.parley.wire.Refusal;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** The one port: HTTP/1.1, with TLS if configured. The last handler decides what a request is. */
public final class Port implements AutoCloseable {
  private static final int MAX_INITIAL_LINE = 8 * 1024;
  private static final int MAX_HEADERS = 16 * 1024;
  private static final int BACKLOG = 4096;

  /** How many that find no seat are told so at once; others are just closed. */
  private static final int TOLD = 100;

  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final HttpSettings settings;
  private final Ids ids;
  private final Vigil vigil;
  private final Seats seats;
  private final Semaphore told = new Semaphore(TOLD);
  private final Supplier<ChannelHandler> frontDoor;
  private final Optional<SslContext> tls;
  private final EventLoopGroup acceptor;
  private final EventLoopGroup loops;
  private final Channel server;

  /**
   * Binds.
   *
   * @throws CannotBind in one line, if the port or the certificate cannot be used
   */
  public Port(
      HttpSettings settings, Ids ids, InstantSource clock, Supplier<ChannelHandler> frontDoor) {
    this.settings = settings;
    this.ids = ids;
    this.vigil = new Vigil(clock);
    this.seats = new Seats(settings);
    this.frontDoor = frontDoor;
    this.tls = tls(settings);
    load(settings);
    this.acceptor = new MultiThreadIoEventLoopGroup(1, io());
    this.loops = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), io());
    try {
      this.server = bind();
    } catch (Exception taken) {
      closeLoops();
      throw new CannotBind(
          "Cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + " (PARLEY_HOST, PARLEY_PORT): "
              + taken.getMessage());
    }
  }

  /** Loads the libraries that a port of such settings uses, which takes a while once. */
  public static void load(HttpSettings settings) {
    var _ = io();
    if (settings.compression()) {
      BrotliLibrary.load();
    }
  }

  /** Why the port is not to be had. */
  public static final class CannotBind extends RuntimeException {
    public CannotBind(String line) {
      super(line);
    }
  }

  private Channel bind() throws Exception {
    return new ServerBootstrap()
        .group(acceptor, loops)
        .channel(serverChannel())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .childHandler(new Pipeline())
        .bind(new InetSocketAddress(settings.host(), settings.port()))
        .sync()
        .channel();
  }

  private static IoHandlerFactory io() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  private static Class<? extends ServerSocketChannel> serverChannel() {
    return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  private static Optional<SslContext> tls(HttpSettings settings) {
    if (settings.tlsCertificate().isEmpty() || settings.tlsKey().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          SslContextBuilder.forServer(
                  settings.tlsCertificate().get().toFile(), settings.tlsKey().get().toFile())
              .build());
    } catch (SSLException | IllegalArgumentException unusable) {
      throw new CannotBind(
          "PARLEY_TLS_CERT and PARLEY_TLS_KEY cannot be used: " + unusable.getMessage());
    }
  }

  /** The port that was bound. */
  public int number() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** Takes no new connections. */
  public void stopAccepting() {
    server.close().awaitUninterruptibly();
  }

  @Override
  public void close() {
    stopAccepting();
    closeLoops();
  }

  private void closeLoops() {
    acceptor.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      try {
        seat(channel, seats.take(((InetSocketAddress) channel.remoteAddress()).getAddress()));
      } catch (Refusal full) {
        turnAway(channel, full);
      }
    }

    private void seat(Channel channel, Seats.Seat seat) {
      ChannelPipeline pipeline = channel.pipeline();
      tls.ifPresent(context -> pipeline.addLast(handshake(context, channel)));
      pipeline.addLast(
          new HttpServerCodec(
              new HttpDecoderConfig()
                  .setMaxInitialLineLength(MAX_INITIAL_LINE)
                  .setMaxHeaderSize(MAX_HEADERS)));
      pipeline.addLast(new Patience(vigil, seat, ids, settings.isSecure()));
      pipeline.addLast(new HttpServerKeepAliveHandler());
      if (settings.compression()) {
        pipeline.addLast(new Compressor(settings.compressionLevel()));
      }
      pipeline.addLast(new BoundedBody(ids, settings.isSecure()));
      pipeline.addLast(frontDoor.get());
    }

    /** It is part of the first request, and is waited for with that. */
    private static SslHandler handshake(SslContext context, Channel channel) {
      SslHandler handler = context.newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(0);
      return handler;
    }

    /** Tells plain connections why; a handshake of TLS would cost more than the answer is worth. */
    private void turnAway(Channel channel, Refusal full) {
      if (tls.isPresent() || !told.tryAcquire()) {
        channel.close();
        return;
      }
      channel.closeFuture().addListener(closed -> told.release());
      Failure failure = new Failure(full.code(), full.getMessage(), full.data(), ids.next());
      channel.pipeline().addLast(new HttpResponseEncoder());
      channel.pipeline().addLast(new NoSeat(Problems.of(failure), settings.isSecure()));
    }
  }
}
