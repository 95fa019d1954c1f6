package dev.parley.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * The rival to reach: nothing but a broadcast, as fast as Netty goes. Epoll, a loop for each
 * processor, each event made once and shared by all sockets, one hand-over to a loop however much
 * waits, one flush for each socket. It keeps nothing, knows nobody and bounds nothing.
 */
final class BareServer {
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
  private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");

  private final List<String> reply;
  private final List<String> event;
  private final Map<EventLoop, Crowd> crowds = new ConcurrentHashMap<>();
  private long seq;

  private BareServer(Map<String, List<String>> script) {
    reply = script.getOrDefault("reply", List.of());
    event = script.getOrDefault("event", List.of());
  }

  /** Serves until it is killed; the argument is the file of a {@link Script}. */
  @SuppressWarnings("unchecked")
  public static void main(String... arguments) throws InterruptedException {
    BareServer server =
        new BareServer(Calls.JSON.readValue(Path.of(arguments[0]).toFile(), Map.class));
    var acceptor = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    int processors = Runtime.getRuntime().availableProcessors();
    Channel bound =
        new ServerBootstrap()
            .group(
                acceptor, new MultiThreadIoEventLoopGroup(processors, EpollIoHandler.newFactory()))
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(server.pipeline())
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    System.out.println(((InetSocketAddress) bound.localAddress()).getPort());
    bound.closeFuture().sync();
  }

  private ChannelInitializer<SocketChannel> pipeline() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel
            .pipeline()
            .addLast(new HttpServerCodec())
            .addLast(new HttpObjectAggregator(1 << 16))
            .addLast(new WebSocketServerProtocolHandler("/ws"))
            .addLast(new Member());
      }
    };
  }

  private static ByteBuf frame(List<String> pieces, Map<String, String> gaps) {
    StringBuilder text = new StringBuilder(1024);
    pieces.forEach(piece -> text.append(gaps.getOrDefault(piece, piece)));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(bytes.length + 4);
    frame.writeByte(0x81);
    if (bytes.length < 126) {
      frame.writeByte(bytes.length);
    } else {
      frame.writeByte(126).writeShort(bytes.length);
    }
    return frame.writeBytes(bytes);
  }

  /** One socket. */
  private final class Member extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame asked) {
      String text = asked.text();
      String id = first(ID, text);
      Crowd crowd = crowds.computeIfAbsent(context.channel().eventLoop(), Crowd::new);
      if (text.contains("messages.post")) {
        long number = post(first(CONTENT, text));
        context.write(
            frame(reply, Map.of("#id", id, "#seq", "" + number, "#content", first(CONTENT, text))));
      } else {
        crowd.sockets.add(context.channel());
        String joined = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"seq\":%d}}";
        context.writeAndFlush(frame(List.of(joined.formatted(id, head())), Map.of()));
      }
      crowd.wake();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      Crowd crowd = crowds.get(context.channel().eventLoop());
      if (crowd != null) {
        crowd.sockets.remove(context.channel());
      }
    }
  }

  private static String first(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    return found.find() ? found.group(1) : "";
  }

  private synchronized long head() {
    return seq;
  }

  /** Under the lock, so that all sockets see one order. */
  private synchronized long post(String content) {
    seq++;
    ByteBuf frame = frame(event, Map.of("#seq", "" + seq, "#content", content));
    crowds.values().forEach(crowd -> crowd.hand(frame.retain()));
    frame.release();
    return seq;
  }

  /** The sockets of one event loop. */
  private static final class Crowd {
    private final EventLoop loop;
    private final List<Channel> sockets = new ArrayList<>();
    private final Queue<ByteBuf> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();

    Crowd(EventLoop loop) {
      this.loop = loop;
    }

    void hand(ByteBuf frame) {
      waiting.add(frame);
      wake();
    }

    void wake() {
      if (woken.compareAndSet(false, true)) {
        loop.execute(this::broadcast);
      }
    }

    private void broadcast() {
      woken.set(false);
      List<ByteBuf> frames = new ArrayList<>();
      for (ByteBuf frame = waiting.poll(); frame != null; frame = waiting.poll()) {
        frames.add(frame);
      }
      for (Channel socket : sockets) {
        frames.forEach(frame -> socket.write(frame.retainedDuplicate(), socket.voidPromise()));
        socket.flush();
      }
      frames.forEach(ByteBuf::release);
    }
  }
}
