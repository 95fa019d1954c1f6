package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageScanTest {
  private static final String CONTENT = "load-0000001234567890-0000000042 the quick";

  private final MessageScan scan = new MessageScan();

  @Test
  void a_posted_message_yields_its_place_time_and_number() {
    assertThat(read(posted(17, CONTENT))).isEqualTo(MessageScan.Kind.MESSAGE);
    assertThat(scan.seq()).isEqualTo(17);
    assertThat(scan.time()).isEqualTo(1_234_567_890L);
    assertThat(scan.number()).isEqualTo(42);
  }

  @Test
  void a_message_longer_or_shorter_than_the_last_is_read_as_well() {
    read(posted(9, CONTENT));

    assertThat(read(posted(1_000_000, CONTENT))).isEqualTo(MessageScan.Kind.MESSAGE);
    assertThat(scan.seq()).isEqualTo(1_000_000);
    assertThat(scan.number()).isEqualTo(42);
    assertThat(read(posted(3, CONTENT))).isEqualTo(MessageScan.Kind.MESSAGE);
    assertThat(scan.seq()).isEqualTo(3);
  }

  @Test
  void a_message_of_somebody_else_only_has_a_place() {
    assertThat(read(posted(17, "hello"))).isEqualTo(MessageScan.Kind.LOGGED);
    assertThat(scan.seq()).isEqualTo(17);
  }

  @Test
  void an_edit_of_our_message_is_not_taken_for_its_posting() {
    String data = "{\"message\":{\"seq\":4,\"content\":\"" + CONTENT + "\"}}";

    assertThat(read(event("message.edited", "\"seq\":9,", data)))
        .isEqualTo(MessageScan.Kind.LOGGED);
    assertThat(scan.seq()).isEqualTo(9);
  }

  @Test
  void a_joining_member_has_a_place() {
    assertThat(read(event("member.joined", "\"seq\":4,", "{}"))).isEqualTo(MessageScan.Kind.LOGGED);
    assertThat(scan.seq()).isEqualTo(4);
  }

  @Test
  void a_seq_inside_an_event_without_a_place_is_not_taken_for_one() {
    assertThat(read(event("read", "", "{\"seq\":4}"))).isEqualTo(MessageScan.Kind.NOTICE);
    assertThat(read(event("mention", "", "{\"message\":{\"seq\":4}}")))
        .isEqualTo(MessageScan.Kind.NOTICE);
  }

  @Test
  void the_answer_to_a_post_is_an_acknowledgement() {
    assertThat(
            read(
                "{\"jsonrpc\":\"2.0\",\"id\":1000000042,\"result\":{\"message\":{\"id\":\"m1\","
                    + "\"seq\":8,\"content\":\""
                    + CONTENT
                    + "\"}}}"))
        .isEqualTo(MessageScan.Kind.ACKNOWLEDGEMENT);
    assertThat(scan.seq()).isEqualTo(8);
    assertThat(scan.time()).isEqualTo(1_234_567_890L);
  }

  @Test
  void refusals_and_answers_to_other_calls_are_left_to_the_json_library() {
    assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":1000000042,\"error\":{\"code\":-32005}}"))
        .isEqualTo(MessageScan.Kind.OTHER);
    assertThat(
            read(
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"seq\":5,\"content\":\""
                    + CONTENT
                    + "\"}}"))
        .isEqualTo(MessageScan.Kind.OTHER);
  }

  @Test
  void nothing_is_read_beyond_the_end_of_the_text() {
    byte[] two = (posted(1, "hello") + posted(2, CONTENT)).getBytes(StandardCharsets.UTF_8);

    assertThat(scan.read(two, 0, posted(1, "hello").length())).isEqualTo(MessageScan.Kind.LOGGED);
    assertThat(scan.seq()).isEqualTo(1);
  }

  private MessageScan.Kind read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return scan.read(bytes, 0, bytes.length);
  }

  private static String posted(long seq, String content) {
    return event(
        "message.posted",
        "\"seq\":" + seq + ",",
        "{\"message\":{\"id\":\"m1\",\"seq\":%d,\"content\":\"%s\"}}".formatted(seq, content));
  }

  private static String event(String type, String seq, String data) {
    return ("{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":{\"type\":\"%s\","
            + "\"conversation\":\"c1\",%s\"at\":\"2026-11-21T02:35:00.000Z\",\"data\":%s}}")
        .formatted(type, seq, data);
  }
}
