package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFrameTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 125, 126, 65_535, 65_536})
  void a_server_that_insists_on_masks_reads_what_was_sent(int length) {
    String text = "parley ".repeat(length / 7 + 1).substring(0, length);
    var config = WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(1 << 20).build();
    EmbeddedChannel server = new EmbeddedChannel(new WebSocket13FrameDecoder(config));

    server.writeInbound(
        ClientFrame.of(
            ByteBufAllocator.DEFAULT, ClientFrame.TEXT, text.getBytes(StandardCharsets.UTF_8)));

    TextWebSocketFrame received = server.readInbound();
    assertThat(received.text()).isEqualTo(text);
    received.release();
  }
}
