package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxTest {
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final Tally tally = new Tally();
  private final Calls calls = new Calls();
  private final Inbox inbox = new Inbox(new Lane(loop, () -> 0, tally), calls);
  private final Recorded recorded = new Recorded();

  @BeforeEach
  void listen() {
    inbox.receiver(recorded);
  }

  @AfterEach
  void stop() {
    var _ = loop.shutdownGracefully();
  }

  @Test
  void every_entry_of_an_array_arrives_in_order() {
    receive("[" + joined(4) + "," + joined(5) + "," + joined(6) + "]");

    assertThat(recorded.seqs).containsExactly(4L, 5L, 6L);
  }

  @Test
  void an_array_of_one_is_an_event_like_any_other() {
    receive("[" + joined(4) + "]");

    assertThat(recorded.seqs).containsExactly(4L);
  }

  @Test
  void a_packet_of_socket_io_bears_an_event_and_those_of_its_handshake_bear_none() {
    List<String> welcomed = new ArrayList<>();
    inbox.whenWelcome(() -> welcomed.add("once"));
    receive("0{\"sid\":\"x\",\"pingInterval\":25000}");
    assertThat(welcomed).isEmpty();
    receive("40{\"sid\":\"y\"}");
    receive("42[\"event\"," + joined(7) + "]");

    assertThat(welcomed).containsExactly("once");
    assertThat(recorded.seqs).containsExactly(7L);
    assertThat(tally.unreadable.sum()).isZero();
  }

  @Test
  void whoever_wants_events_whole_gets_them_and_no_answers() {
    List<String> heard = new ArrayList<>();
    inbox.hearer((event, _) -> heard.add(event.at("/data/member/name").asString()));
    receive("[" + joined(4) + "," + joined(5) + "]");
    receive("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}");

    assertThat(heard).containsExactly("[x],{y}", "[x],{y}");
    assertThat(recorded.seqs).containsExactly(4L, 5L);
  }

  @Test
  void an_answer_reaches_the_call_that_waits_for_it() {
    var outcome =
        calls.call("system.ping", Map.of(), _ -> {}, result -> result.path("at").asString());
    receive("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"at\":\"now\"}}");

    assertThat(outcome).isCompletedWithValue("now");
  }

  @Test
  void an_error_in_answer_to_a_post_is_a_refusal() {
    receive(
        "{\"jsonrpc\":\"2.0\",\"id\":1000000007,\"error\":{\"code\":-32008,\"message\":\"busy\","
            + "\"data\":{\"type\":\"overloaded\",\"retryAfterMs\":250}}}");

    assertThat(recorded.refusals)
        .singleElement()
        .satisfies(refusal -> {
          assertThat(refusal).hasMessage("-32008 overloaded: busy");
          assertThat(refusal.retryAfterMillis()).isEqualTo(250);
        });
  }

  @Test
  void what_nobody_understands_is_counted() {
    receive("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}");
    receive("hello");

    assertThat(tally.unreadable.sum()).isEqualTo(2);
  }

  private void receive(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    inbox.text(bytes, 0, bytes.length);
  }

  private static String joined(long seq) {
    return ("{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":{\"type\":\"member.joined\","
            + "\"conversation\":\"c1\",\"seq\":%d,\"data\":{\"member\":{\"name\":\"[x],{y}\"}}}}")
        .formatted(seq);
  }

  private static final class Recorded implements Receiver {
    private final List<Long> seqs = new ArrayList<>();
    private final List<Refused> refusals = new ArrayList<>();

    @Override
    public void message(long seq, long number, long intended) {
      seqs.add(seq);
    }

    @Override
    public void logged(long seq) {
      seqs.add(seq);
    }

    @Override
    public void acknowledged(long seq, long number, long intended) {
      throw new AssertionError("nothing was posted");
    }

    @Override
    public void refused(Refused refusal) {
      refusals.add(refusal);
    }

    @Override
    public void lost(String why) {
      throw new AssertionError(why);
    }
  }
}
