package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.functions.Json;
import dev.parley.store.Logged;
import dev.parley.store.OpenStore;
import dev.parley.testing.Database;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries that are published out of order, or not at all. */
class TopicsTest {
  private static final long CAUGHT_UP = -1;
  private static final long GOODBYE = -2;

  private final OpenStore open = OpenStore.on(Database.SQLITE, 0);
  private final Topics topics = new Topics(open.store().log(), InstantSource.system(), 0);
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
  private final BlockingQueue<Long> received = new LinkedBlockingQueue<>();
  private final Channel channel = channel();
  private final Connection connection =
      new Connection(channel, new Gathering(channel.eventLoop()), Form.PLAIN);

  /** One end of a pair of channels within this process; what arrives at the other is noted. */
  private Channel channel() {
    LocalAddress address = new LocalAddress(TopicsTest.class);
    CompletableFuture<Channel> accepted = new CompletableFuture<>();
    new ServerBootstrap()
        .group(loops)
        .channel(LocalServerChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel child) {
                accepted.complete(child);
              }
            })
        .bind(address)
        .syncUninterruptibly();
    new Bootstrap()
        .group(loops)
        .channel(LocalChannel.class)
        .handler(new Noting())
        .connect(address)
        .syncUninterruptibly();
    return accepted.join();
  }

  private final class Noting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof CloseWebSocketFrame) {
        received.add(GOODBYE);
      } else if (message instanceof ByteBuf frame) {
        note(frame);
      }
      ReferenceCountUtil.release(message);
    }
  }

  /** A buffer may hold several frames, all of them short. */
  private void note(ByteBuf frames) {
    while (frames.isReadable()) {
      frames.skipBytes(1);
      int length = frames.readByte();
      byte[] json = new byte[length == 126 ? frames.readUnsignedShort() : length];
      frames.readBytes(json);
      received.add(Json.MAPPER.readTree(json).at("/params/seq").asLong(CAUGHT_UP));
    }
  }

  @BeforeEach
  void fill() {
    append(1, 6);
  }

  private List<Logged> append(int first, int last) {
    for (int i = first; i <= last; i++) {
      open.store().commit(OpenStore.change().append(OpenStore.entry(i)));
    }
    return open.store().log().page(OpenStore.ROOM, first - 1, 100);
  }

  @AfterEach
  void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    open.close();
  }

  /** The next seqs that arrive. */
  private List<Long> next(int count) throws InterruptedException {
    List<Long> seqs = new ArrayList<>();
    while (seqs.size() < count) {
      Long seq = received.poll(20, TimeUnit.SECONDS);
      assertThat(seq).as("after %s", seqs).isNotNull();
      seqs.add(seq);
    }
    return seqs;
  }

  /** Sees that nothing else was written before this. */
  private void assertNothingMore() throws InterruptedException {
    connection.tell("end", Instant.EPOCH, "");
    assertThat(next(1)).containsExactly(CAUGHT_UP);
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void entries_that_are_published_out_of_order_are_sent_in_order_and_once()
      throws InterruptedException {
    topics.join(connection, OpenStore.ROOM).begin(0, true);
    assertThat(next(7)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, CAUGHT_UP);
    List<Logged> more = append(7, 12);
    for (int index : new int[] {0, 3, 1, 2, 5, 4}) {
      topics.committed(List.of(more.get(index)));
    }
    assertThat(next(6)).isEqualTo(range(7, 12));
    assertNothingMore();
  }

  @Test
  void a_first_publication_with_a_hole_before_it_is_filled_from_the_log()
      throws InterruptedException {
    topics.join(connection, OpenStore.ROOM).begin(6, true);
    assertThat(next(1)).containsExactly(CAUGHT_UP);
    topics.committed(List.of(append(7, 8).getLast()));
    assertThat(next(2)).containsExactly(7L, 8L);
  }

  @Test
  void a_commit_of_unknown_outcome_is_looked_for_in_the_log() throws InterruptedException {
    topics.join(connection, OpenStore.ROOM).begin(6, true);
    assertThat(next(1)).containsExactly(CAUGHT_UP);
    append(7, 7);
    topics.doubtful(Set.of(OpenStore.ROOM));
    assertThat(next(1)).containsExactly(7L);
  }

  @Test
  void a_subscription_that_ends_hears_nothing_more_and_leaves_no_trace()
      throws InterruptedException {
    topics.join(connection, OpenStore.ROOM).begin(6, true);
    assertThat(next(1)).containsExactly(CAUGHT_UP);
    topics.leave(connection, OpenStore.ROOM);
    topics.committed(append(7, 7));
    assertNothingMore();
    assertThat(connection.subscriptions()).isEmpty();
  }

  @Test
  void a_subscription_of_a_socket_that_has_just_closed_does_not_stay() {
    channel.close().syncUninterruptibly();
    topics.join(connection, OpenStore.ROOM);
    assertThat(connection.subscriptions()).isEmpty();
  }

  @Test
  void nothing_is_written_after_the_close_frame() throws InterruptedException {
    topics.join(connection, OpenStore.ROOM).begin(6, true);
    assertThat(next(1)).containsExactly(CAUGHT_UP);
    connection.close(CloseReason.REMOVED);
    connection.send(new Payload("{}".getBytes(StandardCharsets.UTF_8)));
    topics.committed(append(7, 7));
    assertThat(next(1)).containsExactly(GOODBYE);
    channel.close().syncUninterruptibly();
    assertThat(received).isEmpty();
  }

  @Test
  void a_shutdown_waits_for_the_answers_that_are_owed() throws InterruptedException {
    connection.onLoop(connection::asked);
    connection.leave(CloseReason.SHUTDOWN);
    connection.answer(Optional.of("{\"params\":{\"seq\":42}}".getBytes(StandardCharsets.UTF_8)));
    assertThat(next(2)).containsExactly(42L, GOODBYE);
  }
}
