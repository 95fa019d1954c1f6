package dev.parley.personas.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class MemoriesTest {
  @Parameter private Database database;
  private TestServer server;
  private User owner;
  private User ada;
  private User bob;
  private String persona;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    owner = server.owner();
    ada = server.user("ada");
    bob = server.user("bob");
    persona = ada.call("personas.list", "{}").at("/items/0/id").stringValue();
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private JsonNode tell(User user, String text, String more) {
    return user.call("memories.add", "{persona: '%s', text: '%s'%s}".formatted(persona, text, more))
        .path("memory");
  }

  private static String id(JsonNode memory) {
    return memory.path("id").stringValue();
  }

  private List<String> found(User user, String text, String more) {
    JsonNode items =
        user.call("memories.search", "{persona: '%s', text: '%s'%s}".formatted(persona, text, more))
            .path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.at("/memory/text").stringValue())
        .toList();
  }

  @Test
  void one_sees_corrects_and_forgets_ones_own_and_nobody_elses_but_administrators_all() {
    String memory = id(tell(ada, "collects thimbles of porcelain", ""));
    assertThat(found(ada, "Which thimbles?", "")).containsExactly("collects thimbles of porcelain");
    assertThat(found(bob, "Which thimbles?", "")).isEmpty();
    assertThat(found(owner, "Which thimbles?", "")).hasSize(1);
    String correction = "{id: '%s', text: 'collects thimbles of silver'}".formatted(memory);
    assertThat(bob.tryCall("memories.correct", correction).status()).isEqualTo(404);
    assertThat(bob.tryCall("memories.forget", "{id: '%s'}".formatted(memory)).status())
        .isEqualTo(404);
    assertThat(ada.tryCall("memories.prune", "{persona: '%s'}".formatted(persona)).status())
        .isEqualTo(403);

    JsonNode right = ada.call("memories.correct", correction).path("memory");
    assertThat(found(ada, "Which thimbles?", "")).containsExactly("collects thimbles of silver");
    assertThat(ada.tryCall("memories.correct", correction).status()).isEqualTo(409);
    owner.call("memories.forget", "{id: '%s'}".formatted(id(right)));
    assertThat(found(ada, "Which thimbles?", "")).isEmpty();
    assertThat(ada.call("memories.export", "{limit: 1000}").toString()).doesNotContain("thimbles");
  }

  @Test
  void a_correction_supersedes_and_what_was_believed_before_is_seen_only_as_of_then() {
    String wrong = id(tell(ada, "plays the zither", ""));
    Instant then = server.clock().instant();
    server.clock().advance(Duration.ofHours(1));
    JsonNode right =
        ada.call("memories.correct", "{id: '%s', text: 'plays the zurna'}".formatted(wrong))
            .path("memory");

    assertThat(found(ada, "What do I play, the zither or the zurna?", ""))
        .containsExactly("plays the zurna");
    String asOf = ", asOf: '" + then + "'";
    assertThat(found(ada, "What do I play, the zither or the zurna?", asOf))
        .containsExactly("plays the zither");
    assertThat(ada.call("memories.list", "{asOf: '%s', limit: 100}".formatted(then)).toString())
        .contains("zither")
        .doesNotContain("zurna");
    assertThat(ada.call("memories.list", "{limit: 100}").toString())
        .contains("zurna")
        .doesNotContain("zither");
    JsonNode exported = ada.call("memories.export", "{limit: 1000}").path("items");
    assertThat(exported.toString()).contains("\"supersededBy\":\"" + id(right) + "\"");
  }

  @Test
  void of_what_there_is_one_at_a_time_the_newer_ends_the_older_which_stays_true_of_its_time() {
    String home = ", topic: 'home', about: '%s'".formatted(ada.id());
    tell(ada, "lives in Quedlinburg", home);
    Instant then = server.clock().instant();
    server.clock().advance(Duration.ofDays(7));
    tell(ada, "lives in Rapperswil", home);

    assertThat(found(ada, "Where do I live?", "")).containsExactly("lives in Rapperswil");
    assertThat(found(ada, "Where do I live?", ", asOf: '" + then + "'"))
        .containsExactly("lives in Quedlinburg");
    String now = server.clock().instant().toString();
    assertThat(found(ada, "Where do I live?", ", asOf: '%s', validAt: '%s'".formatted(now, then)))
        .containsExactly("lives in Quedlinburg");
  }

  @Test
  void the_same_said_twice_is_remembered_once() {
    String first = id(tell(ada, "owns a Theremin", ""));
    assertThat(id(tell(ada, "Owns a theremin!", ""))).isEqualTo(first);
    ada.call("memories.forget", "{id: '%s'}".formatted(first));
    assertThat(id(tell(ada, "owns a Theremin", ""))).isNotEqualTo(first);
  }

  @Test
  void what_is_recalled_is_counted() {
    String memory = id(tell(ada, "breeds axolotls", ""));
    JsonNode before = one(memory);
    assertThat(before.path("uses").intValue()).isZero();
    assertThat(before.has("lastUsedAt")).isFalse();
    found(ada, "axolotls", "");
    assertThat(one(memory).path("uses").intValue()).isZero();
  }

  private JsonNode one(String memory) {
    return StreamSupport.stream(
            ada.call("memories.list", "{limit: 100}").path("items").spliterator(), false)
        .filter(item -> id(item).equals(memory))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void with_a_conversation_a_search_finds_just_what_the_persona_may_say_there() {
    String room = bob.room("Quay", "private");
    bob.call("personas.invite", "{conversation: '%s', persona: '%s'}".formatted(room, persona));
    String said = bob.post(room, "the barge sinks slowly").path("id").stringValue();
    tell(bob, "the barge sinks slowly", ", messages: ['%s']".formatted(said));
    for (int i = 0; i < 12; i++) {
      tell(bob, "the barge number " + i + " is in the harbour", "");
    }
    String where = ", limit: 2, conversation: '" + room + "'";
    assertThat(found(bob, "What of the barge?", where)).contains("the barge sinks slowly");
    bob.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(room, ada.id()));
    assertThat(found(ada, "What of the barge?", where)).containsExactly("the barge sinks slowly");
    assertThat(found(bob, "What of the barge?", where)).containsExactly("the barge sinks slowly");
    assertThat(found(ada, "What of the barge?", "")).isEmpty();
    String list = "{persona: '%s', conversation: '%s'}".formatted(persona, room);
    assertThat(bob.call("memories.list", list).path("items")).hasSize(1);
    User eve = server.user("eve" + System.nanoTime());
    assertThat(eve.tryCall("memories.list", list).status()).isEqualTo(404);
    assertThat(
            eve.tryCall(
                    "memories.search", "{persona: '%s', text: 'barge'%s}".formatted(persona, where))
                .status())
        .isEqualTo(404);
  }

  @Test
  void only_administrators_share_what_is_not_about_themselves() {
    String shared = "{persona: '%s', text: 'the gate is painted blue', shared: true%s}";
    assertThat(ada.tryCall("memories.add", shared.formatted(persona, "")).status()).isEqualTo(403);
    String about = ", about: '" + bob.id() + "'";
    assertThat(ada.tryCall("memories.add", shared.formatted(persona, about)).status())
        .isEqualTo(403);
    ada.call("memories.add", shared.formatted(persona, ", about: '" + ada.id() + "'"));
    owner.call("memories.add", shared.formatted(persona, ""));
  }

  @Test
  void bad_input_is_refused_and_says_why() {
    Map<String, String> wrong =
        Map.of(
            "text: ''",
            "text",
            "text: ' \\u0000 '",
            "text",
            "text: '" + "x".repeat(1_001) + "'",
            "text",
            "text: 'x', importance: 1.5",
            "importance",
            "text: 'x', importance: -0.1",
            "importance",
            "text: 'x', about: 'nobody'",
            "about",
            "text: 'x', messages: ['none']",
            "messages",
            "text: 'x', validFrom: '2026-01-02T00:00:00Z', validUntil: '2026-01-01T00:00:00Z'",
            "validUntil");
    wrong.forEach((params, field) -> {
      JsonNode refused =
          ada.tryCall("memories.add", "{persona: '%s', %s}".formatted(persona, params)).body();
      assertThat(refused.path("code").intValue()).as(params).isEqualTo(-32602);
      assertThat(refused.toString()).contains("\"field\":\"" + field + "\"");
    });
    assertThat(ada.tryCall("memories.add", "{persona: 'nobody', text: 'x'}").status())
        .isEqualTo(404);
    assertThat(found(ada, "\\\" OR * NEAR( \\u0027 & | ! :* -- ; DROP TABLE", "")).isEmpty();
  }

  @Test
  void messages_of_a_conversation_that_one_may_not_read_prove_nothing() {
    String room = bob.room("Secret", "private");
    String message = bob.post(room, "the vault opens at dawn").path("id").stringValue();
    String params = "{persona: '%s', text: 'opens at dawn', messages: ['%s']}";
    assertThat(ada.tryCall("memories.add", params.formatted(persona, message)).status())
        .isEqualTo(400);
    bob.call("memories.add", params.formatted(persona, message));
  }

  @Test
  void a_deleted_message_and_a_deleted_account_take_along_what_was_learnt_from_them() {
    User eve = server.user("eve");
    String room = eve.room("Ours");
    String message = eve.post(room, "my umbrella is xanthic").path("id").stringValue();
    tell(eve, "umbrella is xanthic", ", messages: ['%s']".formatted(message));
    tell(eve, "whistles in the night", "");
    assertThat(found(owner, "Whose umbrella is xanthic?", "")).hasSize(1);
    eve.call("messages.delete", "{id: '%s'}".formatted(message));
    assertThat(found(owner, "Whose umbrella is xanthic?", "")).isEmpty();
    assertThat(eve.call("accounts.export", "{}").at("/data/memories").toString())
        .contains("whistles")
        .doesNotContain("xanthic");
    assertThat(found(owner, "Who whistles in the night?", "")).hasSize(1);
    eve.call("accounts.delete", "{}");
    assertThat(found(owner, "Who whistles in the night?", "")).isEmpty();
    assertThat(owner.call("memories.export", "{limit: 1000}").toString())
        .doesNotContain("whistles");
  }

  @Test
  void a_dry_run_of_pruning_names_just_what_the_run_removes() {
    for (int i = 0; i < 12; i++) {
      owner.call(
          "memories.add",
          "{persona: '%s', text: 'pebble number %d', shared: true, importance: %s}"
              .formatted(persona, i, i / 12.0));
    }
    server.clock().stop();
    int all = owner.call("memories.export", "{limit: 1000}").path("items").size();
    String params = "{persona: '%s', keep: %d, dryRun: %b}";
    JsonNode dry = owner.call("memories.prune", params.formatted(persona, all - 5, true));
    assertThat(owner.call("memories.export", "{limit: 1000}").path("items")).hasSize(all);
    JsonNode run = owner.call("memories.prune", params.formatted(persona, all - 5, false));
    assertThat(run.path("memories")).isEqualTo(dry.path("memories")).hasSize(5);
    String left = owner.call("memories.export", "{limit: 1000}").path("items").toString();
    run.path("memories").forEach(gone -> assertThat(left).doesNotContain(gone.stringValue()));
    assertThat(owner.call("memories.export", "{limit: 1000}").path("items")).hasSize(all - 5);
  }

  @Test
  void a_search_right_after_a_start_finds_everything() throws Exception {
    tell(ada, "sculpts in soapstone", "");
    server.restart();
    assertThat(found(ada, "Do I sculpt in soapstone?", "")).hasSize(1);
  }
}
