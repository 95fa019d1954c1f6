package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest implements FrameSink {
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final List<String> texts = new ArrayList<>();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new FrameReader(new Lane(loop, () -> 0, new Tally()), this));

  @AfterEach
  void stop() {
    var _ = loop.shutdownGracefully();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 200_000})
  void a_frame_of_any_length_is_read_whole(int length) {
    String text = "x".repeat(length);

    channel.writeInbound(Unpooled.wrappedBuffer(frame(text), frame("after")));

    assertThat(texts).containsExactly(text, "after");
  }

  @Test
  void frames_that_arrive_in_single_bytes_are_read_whole() {
    ByteBuf all = Unpooled.wrappedBuffer(frame("one"), frame("y".repeat(300)), frame("three"));
    while (all.isReadable()) {
      channel.writeInbound(all.readBytes(1));
    }

    assertThat(texts).containsExactly("one", "y".repeat(300), "three");
  }

  private static ByteBuf frame(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuf frame = Unpooled.buffer().writeByte(ClientFrame.FINAL | ClientFrame.TEXT);
    if (payload.length < 126) {
      frame.writeByte(payload.length);
    } else if (payload.length <= 0xffff) {
      frame.writeByte(126).writeShort(payload.length);
    } else {
      frame.writeByte(127).writeLong(payload.length);
    }
    return frame.writeBytes(payload);
  }

  @Override
  public void frame(int first, byte[] bytes, int from, int to) {
    texts.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  @Override
  public void closed() {}

  @Override
  public void broken(Throwable cause) {
    throw new AssertionError(cause);
  }
}
