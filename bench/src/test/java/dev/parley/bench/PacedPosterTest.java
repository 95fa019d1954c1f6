package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PacedPosterTest {
  private static final long SECOND = 1_000_000_000L;

  private final EmbeddedChannel wire = new EmbeddedChannel();

  /** Runs nothing by itself: the test is the one that wakes the poster. */
  private final EventLoop still = new EmbeddedChannel().eventLoop();

  private final Tally tally = new Tally();
  private long now;

  @Test
  void a_poster_that_was_held_up_sends_everything_due_stamped_with_the_intended_times() {
    now = SECOND + 250_000_000;
    poster().run();

    assertThat(posted())
        .extracting(post -> stamp(post, "time"))
        .containsExactly(SECOND, SECOND + 100_000_000, SECOND + 200_000_000);
  }

  @Test
  void nothing_is_posted_before_it_is_due_or_after_the_end() {
    PacedPoster poster = poster();
    now = SECOND - 1;
    poster.run();
    assertThat(posted()).isEmpty();

    now = 100 * SECOND;
    poster.run();
    assertThat(posted()).hasSize(10);
  }

  @Test
  void a_post_is_a_call_of_the_contract_with_an_id_and_a_number_of_its_own() {
    now = SECOND + 150_000_000;
    poster().run();

    JsonNode second = posted().get(1);
    assertThat(second.path("id").asLong()).isEqualTo(MessageScan.FIRST_POST_ID + 1);
    assertThat(second.path("method").asString()).isEqualTo("messages.post");
    assertThat(second.at("/params/conversation").asString()).isEqualTo("c1");
    assertThat(second.at("/params/content").asString()).hasSize(200);
    assertThat(stamp(second, "number")).isEqualTo(1);
    assertThat(tally.sent.sum()).isEqualTo(2);
  }

  private PacedPoster poster() {
    Connection connection = new Connection(wire, new Lane(still, () -> now, tally), Manner.PARLEY);
    Schedule tenPerSecond = new Schedule(SECOND, 10, 1, 0);
    return new PacedPoster(new Outbox(connection, "c1", 200), tenPerSecond, 2 * SECOND);
  }

  private List<JsonNode> posted() {
    var config = WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(1 << 20).build();
    EmbeddedChannel server = new EmbeddedChannel(new WebSocket13FrameDecoder(config));
    for (ByteBuf frame = wire.readOutbound(); frame != null; frame = wire.readOutbound()) {
      server.writeInbound(frame);
    }
    List<JsonNode> posted = new ArrayList<>();
    for (TextWebSocketFrame f = server.readInbound(); f != null; f = server.readInbound()) {
      posted.add(Calls.JSON.readTree(f.text()));
      f.release();
    }
    return posted;
  }

  private static long stamp(JsonNode post, String part) {
    byte[] content = post.at("/params/content").asString().getBytes(StandardCharsets.US_ASCII);
    int at = Stamp.MARK.length();
    return part.equals("time") ? Stamp.time(content, at) : Stamp.number(content, at);
  }
}
