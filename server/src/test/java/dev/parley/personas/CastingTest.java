package dev.parley.personas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.functions.Json;
import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Personas are made, changed, copied, carried away and brought in. */
@OnBothDatabases
class CastingTest {
  private static final String ROWAN =
      """
      displayName: 'Rowan', description: 'Keeps the garden', traits: ['calm', 'dry'],
      interests: {roses: 90, weather: 40}, speakingStyle: 'Few words', rank: 'gardener',
      charisma: 9, intelligence: 13, model: 'small', functions: ['messages.search']\
      """;

  @Parameter private Database database;
  private TestServer server;
  private User owner;
  private User ada;
  private User bob;
  private int made;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    owner = server.owner();
    ada = server.user("ada");
    bob = server.user("bob");
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private String name() {
    return "rowan" + ++made;
  }

  private JsonNode make(User by, String name, String more) {
    return by.call("personas.create", "{name: '%s', %s}".formatted(name, more)).path("persona");
  }

  private static String id(JsonNode persona) {
    return persona.path("id").stringValue();
  }

  private static JsonNode get(User by, String id) {
    return by.call("personas.get", "{id: '%s'}".formatted(id)).path("persona");
  }

  private static JsonNode withoutWhatIsItsOwn(JsonNode persona) {
    return ((ObjectNode) persona.deepCopy()).remove(List.of("id", "name", "version"));
  }

  @Test
  void aria_and_kira_come_with_the_server() {
    JsonNode all = ada.call("personas.list", "{}").path("items");
    assertThat(all.findValuesAsString("name")).startsWith("guide", "aria", "kira");
    JsonNode aria = get(bob, id(all.get(1)));
    assertThat(aria.path("charisma").intValue()).isEqualTo(18);
    assertThat(aria.at("/interests/music").intValue()).isEqualTo(95);
    assertThat(get(bob, id(all.get(2))).path("rank").stringValue()).isEqualTo("scholar");
  }

  @Test
  void a_persona_is_as_it_was_made() {
    JsonNode rowan = make(ada, name(), ROWAN);
    assertThat(get(bob, id(rowan))).isEqualTo(rowan);
    assertThat(rowan.path("traits").toString()).isEqualTo("[\"calm\",\"dry\"]");
    assertThat(rowan.path("interests").toString()).isEqualTo("{\"roses\":90,\"weather\":40}");
    assertThat(rowan.path("speakingStyle").stringValue()).isEqualTo("Few words");
    assertThat(rowan.path("intelligence").intValue()).isEqualTo(13);
    assertThat(rowan.path("brain").stringValue()).isEqualTo("scripted");
    assertThat(rowan.path("functions").toString()).isEqualTo("[\"messages.search\"]");
  }

  @Test
  void a_change_sets_what_is_given_and_leaves_the_rest_and_is_a_version() {
    JsonNode rowan = make(ada, name(), ROWAN);
    JsonNode edited =
        ada.call(
                "personas.edit",
                "{id: '%s', rank: 'head gardener', speakingStyle: ''}".formatted(id(rowan)))
            .path("persona");
    assertThat(edited.path("rank").stringValue()).isEqualTo("head gardener");
    assertThat(edited.has("speakingStyle")).isFalse();
    assertThat(edited.path("traits")).isEqualTo(rowan.path("traits"));
    JsonNode history = ada.call("history.list", "{id: '%s'}".formatted(id(rowan))).path("items");
    assertThat(history.findValuesAsString("function"))
        .containsExactly("personas.edit", "personas.create");
    ada.call(
        "history.restore",
        "{id: '%s', version: %d}".formatted(id(rowan), rowan.path("version").longValue()));
    assertThat(withoutWhatIsItsOwn(get(bob, id(rowan)))).isEqualTo(withoutWhatIsItsOwn(rowan));
  }

  @Test
  void only_its_owner_and_administrators_change_a_persona() {
    String id = id(make(ada, name(), ROWAN));
    String edit = "{id: '%s', rank: 'x'}".formatted(id);
    assertThat(bob.tryCall("personas.edit", edit).status()).isEqualTo(403);
    assertThat(owner.tryCall("personas.edit", edit).status()).isEqualTo(200);
    assertThat(get(ada, id).path("rank").stringValue()).isEqualTo("x");
  }

  @Test
  void a_private_persona_exists_for_its_owner_and_administrators_only() {
    String id = id(make(ada, name(), "visibility: 'private'"));
    String itself = "{id: '%s'}".formatted(id);
    for (String function : new String[] {"personas.get", "personas.export", "history.list"}) {
      assertThat(bob.tryCall(function, itself).status()).as(function).isEqualTo(404);
      assertThat(ada.tryCall(function, itself).status()).as(function).isEqualTo(200);
      assertThat(owner.tryCall(function, itself).status()).as(function).isEqualTo(200);
    }
    assertThat(bob.tryCall("personas.converse", "{persona: '%s'}".formatted(id)).status())
        .isEqualTo(404);
    assertThat(bob.tryCall("personas.clone", "{id: '%s', name: 'mine'}".formatted(id)).status())
        .isEqualTo(404);
    assertThat(ids(bob)).doesNotContain(id);
    assertThat(ids(ada)).contains(id);
    assertThat(ids(owner)).contains(id);
    ada.call("personas.edit", "{id: '%s', visibility: 'public'}".formatted(id));
    assertThat(ids(bob)).contains(id);
  }

  private static List<String> ids(User by) {
    List<String> ids = new ArrayList<>();
    JsonNode page = by.call("personas.list", "{limit: 100}");
    ids.addAll(page.path("items").findValuesAsString("id"));
    while (page.has("next")) {
      page =
          by.call(
              "personas.list",
              "{limit: 100, cursor: '%s'}".formatted(page.path("next").stringValue()));
      ids.addAll(page.path("items").findValuesAsString("id"));
    }
    return ids;
  }

  @Test
  void a_name_belongs_to_one_whether_account_or_persona() {
    assertThat(ada.tryCall("personas.create", "{name: 'ARIA'}").status()).isEqualTo(409);
    assertThat(ada.tryCall("personas.create", "{name: '%s'}".formatted(bob.name())).status())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: 'two words'| name",
        "name: 'x', charisma: 21| charisma",
        "name: 'x', interests: {roses: 101}| interests",
        "name: 'x', interests: {'': 1}| interests",
        "name: 'x', brain: 'none'| brain",
        "name: 'x', rank: ''| rank",
        "name: 'x', traits: ['']| traits",
        "name: 'x', age: 7| age"
      })
  void what_does_not_fit_is_refused_by_the_name_of_its_field(String params, String field) {
    Http.Reply reply = ada.tryCall("personas.create", "{" + params + "}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("field").stringValue()).startsWith(field);
  }

  @Test
  void an_account_owns_a_bounded_number_of_personas() {
    User carol = server.user("carol");
    for (int i = 0; i < CastChanges.MOST_OWNED; i++) {
      make(carol, name(), "rank: 'one of many'");
    }
    Http.Reply reply = carol.tryCall("personas.create", "{name: '%s'}".formatted(name()));
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.body().path("limit").intValue()).isEqualTo(CastChanges.MOST_OWNED);
  }

  @Test
  void a_copy_is_like_the_original_and_goes_its_own_way() {
    JsonNode rowan = make(ada, name(), ROWAN);
    JsonNode copy =
        bob.call("personas.clone", "{id: '%s', name: '%s'}".formatted(id(rowan), name()))
            .path("persona");
    assertThat(withoutWhatIsItsOwn(copy)).isEqualTo(withoutWhatIsItsOwn(rowan));
    bob.call("personas.edit", "{id: '%s', rank: 'other'}".formatted(id(copy)));
    assertThat(get(ada, id(rowan)).path("rank").stringValue()).isEqualTo("gardener");
  }

  @Test
  void a_persona_comes_back_from_its_card_as_it_was() {
    JsonNode rowan = make(ada, name(), ROWAN);
    JsonNode card = ada.call("personas.export", "{id: '%s'}".formatted(id(rowan))).path("card");
    assertThat(card.path("spec").stringValue()).isEqualTo("chara_card_v2");
    assertThat(card.at("/data/name").stringValue()).isEqualTo("Rowan");
    JsonNode back = read(bob, card, name()).body().path("persona");
    assertThat(withoutWhatIsItsOwn(back)).isEqualTo(withoutWhatIsItsOwn(rowan));
  }

  private static Http.Reply read(User by, JsonNode card, String name) {
    ObjectNode params = Json.MAPPER.createObjectNode().put("name", name);
    params.set("card", card);
    return by.http().post("/api/call/personas.import", params.toString());
  }

  @Test
  void a_card_of_others_is_taken_over_as_far_as_there_is_a_place_for_it() {
    JsonNode card =
        Json.MAPPER.readTree(
            """
            {"spec": "chara_card_v2", "spec_version": "2.0", "data": {
              "name": "Señor Búho %d", "description": "An owl.", "personality": "Wise",
              "scenario": "", "first_mes": "Hoo!", "mes_example": "Hoo, hoo.",
              "tags": ["bird"], "creator": "somebody", "extensions": {}}}\
            """
                .formatted(++made));
    ObjectNode params = Json.MAPPER.createObjectNode();
    params.set("card", card);
    JsonNode owl = ada.call("personas.import", params.toString()).path("persona");
    assertThat(owl.path("name").stringValue()).isEqualTo("se-or-b-ho-" + made);
    assertThat(owl.path("displayName").stringValue()).startsWith("Señor Búho");
    assertThat(owl.path("description").stringValue()).isEqualTo("An owl.\n\nWise");
    assertThat(owl.path("speakingStyle").stringValue()).isEqualTo("Hoo, hoo.");
  }

  @Test
  void what_is_no_card_or_says_too_much_is_refused() {
    ObjectNode card = Json.MAPPER.createObjectNode().put("spec", "chara_card_v3");
    assertThat(read(ada, card, name()).body().path("field").stringValue()).isEqualTo("card");
    card.put("spec", "chara_card_v2").putObject("data").put("description", "x".repeat(8_001));
    Http.Reply reply = read(ada, card, name());
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("detail").stringValue()).contains("description", "8000");
    ((ObjectNode) card.path("data")).put("description", "").putObject("extensions");
    ((ObjectNode) card.at("/data/extensions")).putObject("parley").put("brain", "unknown");
    assertThat(read(ada, card, name()).body().path("field").stringValue()).isEqualTo("brain");
  }

  @Test
  void a_conversation_with_a_persona_is_made_once() {
    String params = "{persona: '%s'}".formatted(id(make(ada, name(), ROWAN)));
    JsonNode first = bob.call("personas.converse", params).path("conversation");
    JsonNode again = bob.call("personas.converse", params).path("conversation");
    assertThat(again.path("id")).isEqualTo(first.path("id"));
    assertThat(first.path("kind").stringValue()).isEqualTo("direct");
    assertThat(ada.call("personas.converse", params).at("/conversation/id"))
        .isNotEqualTo(first.path("id"));
  }

  @Test
  void a_persona_is_brought_into_a_room_by_a_member() {
    String persona = id(make(ada, name(), ROWAN));
    String room = ada.room("Garden");
    String params = "{conversation: '%s', persona: '%s'}".formatted(room, persona);
    assertThat(bob.tryCall("personas.invite", params).status()).isEqualTo(403);
    assertThat(ada.call("personas.invite", params).at("/conversation/members").intValue())
        .isEqualTo(2);
    assertThat(
            ada.call("conversations.members", "{id: '%s'}".formatted(room))
                .path("items")
                .findValuesAsString("id"))
        .contains(persona);
  }
}
