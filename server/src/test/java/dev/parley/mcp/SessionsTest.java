package dev.parley.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.functions.Json;
import dev.parley.testing.TestClock;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What is kept of older clients, and how much of it. */
class SessionsTest {
  private final TestClock clock = new TestClock();
  private final Sessions sessions = new Sessions(clock);

  private Session begin(String owner) {
    clock.advance(Duration.ofSeconds(1));
    return sessions.begin(owner, Json.MAPPER.createObjectNode());
  }

  @Test
  void whoever_has_too_many_loses_the_one_that_was_unused_longest() {
    Session first = begin("ada");
    Session second = begin("ada");
    Session others = begin("bob");
    for (int i = 2; i < Sessions.MOST_OF_ONE; i++) {
      begin("ada");
    }
    assertThat(sessions.find(first.id(), "ada")).isSameAs(first);
    begin("ada");
    assertThatThrownBy(() -> sessions.find(second.id(), "ada")).hasMessageContaining("no such");
    assertThat(sessions.find(first.id(), "ada")).isSameAs(first);
    assertThat(sessions.find(others.id(), "bob")).isSameAs(others);
  }

  @Test
  void a_server_that_is_full_says_so_and_when_to_come_back() {
    for (int i = 0; i < Sessions.MOST; i++) {
      sessions.begin("account" + i, Json.MAPPER.createObjectNode());
    }
    assertThatThrownBy(() -> begin("late"))
        .isInstanceOfSatisfying(
            Refusal.class,
            full -> {
              assertThat(full.code()).isEqualTo(ErrorCode.OVERLOADED);
              assertThat(full.data()).containsKey("retryAfterMs");
            });
  }

  @Test
  void a_session_that_is_left_alone_ends_with_what_it_had_going() {
    Session session = begin("ada");
    boolean[] closed = {false};
    session.watch("parley://conversations/x", () -> closed[0] = true);
    CompletableFuture<Message.Response> question = session.ask("q");
    clock.advance(Duration.ofMinutes(31));
    sessions.sweep();
    assertThat(closed[0]).isTrue();
    assertThat(question).isCancelled();
    assertThatThrownBy(() -> sessions.find(session.id(), "ada")).isInstanceOf(Fault.class);
  }

  @Test
  void what_begins_in_a_session_that_has_ended_ends_at_once() {
    Session session = begin("ada");
    session.end();
    boolean[] closed = {false};
    session.watch("parley://conversations/x", () -> closed[0] = true);
    assertThat(closed[0]).isTrue();
    assertThat(session.ask("q")).isCancelled();
  }

  @Test
  void so_much_goes_on_in_a_session_and_no_more() {
    Session session = begin("ada");
    for (int i = 0; i < 64; i++) {
      session.begin(StringNode.valueOf("r" + i), running());
      session.watch("parley://conversations/" + i, () -> {});
    }
    assertThatThrownBy(() -> session.begin(StringNode.valueOf("one more"), running()))
        .hasMessage("At most 64 requests of a session are under way");
    boolean[] closed = {false};
    assertThatThrownBy(() -> session.watch("one more", () -> closed[0] = true))
        .hasMessage("A session has at most 64 subscriptions");
    assertThat(closed[0]).isTrue();
    session.done(StringNode.valueOf("r1"));
    assertThatThrownBy(() -> session.begin(StringNode.valueOf("r2"), running()))
        .hasMessageContaining("this id");
    session.begin(StringNode.valueOf("one more"), running());
  }

  private static Running running() {
    return Modern.running(
        new Message.Request(StringNode.valueOf("x"), "tools/call", Json.MAPPER.createObjectNode()),
        new Nowhere());
  }

  private record Nowhere() implements Outlet {
    @Override
    public void send(ObjectNode message) {}

    @Override
    public boolean isOpen() {
      return false;
    }
  }
}
