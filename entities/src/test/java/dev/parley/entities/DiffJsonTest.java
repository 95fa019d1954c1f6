package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.functions.Json;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class DiffJsonTest {
  record Values(
      Identity id,
      boolean yes,
      long number,
      double half,
      char letter,
      BigDecimal price,
      Instant at,
      LocalDate day,
      Duration lasts,
      UUID uuid,
      URI uri,
      DayOfWeek weekday,
      Optional<String> maybe,
      List<Optional<Integer>> list,
      Set<String> set,
      Map<DayOfWeek, Grid.Position> positions,
      Ref<Grid> ref,
      Map<Integer, Grid.Agent> agents)
      implements Entity {}

  @ParameterizedTest
  @CsvSource({
    "r[a b],                r[a=1 b]",
    "r[a[x] b],             r[n[m] b=1[x=2]]",
    "r[a[x[y]]],            r[n[x[y=1]] a]",
    "r[a b c d],            r[d a c=1]",
    "r{k:a l:b}<c d>?e,     r{k:b m:a}<d x>?y",
    "r(k:[a b] l:[]),       r(k:[b a=1] m:[c])",
    "r[a[b c]],             r[a![c b=1]]",
    "r[a![b]],              r[a{k:b}]",
    "r[a[b[c]]],            r[c]",
    "r[a],                  r![a=1]",
    "r[a],                  r[a]",
  })
  void a_difference_that_is_read_back_is_equal_and_applies_exactly(String before, String after) {
    Plant old = Sketch.plant(before);
    Diff diff = Diff.between(old, Sketch.plant(after));
    for (Diff told : List.of(diff, diff.inverse().inverse())) {
      Diff back = back(told, Plant.class);
      assertThat(back).isEqualTo(told);
      assertThat(Sketch.of(back.applyTo(old))).hasToString(after);
      assertThat(Sketch.of(back.inverse().applyTo(Sketch.plant(after)))).hasToString(before);
    }
    assertThat(back(diff.inverse(), Plant.class)).isEqualTo(diff.inverse());
  }

  @Test
  void every_kind_of_value_is_read_back_to_the_last_digit() {
    Values before =
        new Values(
            Grid.id("v"),
            false,
            1,
            0.5,
            'a',
            BigDecimal.ONE,
            Instant.EPOCH,
            LocalDate.EPOCH,
            Duration.ZERO,
            new UUID(1, 2),
            URI.create("a:b"),
            DayOfWeek.MONDAY,
            Optional.of("x"),
            List.of(),
            Set.of(),
            Map.of(),
            new Ref<>(new Lineage("one")),
            Map.of());
    Values after =
        new Values(
            Grid.id("v"),
            true,
            Long.MAX_VALUE,
            Double.NaN,
            '"',
            new BigDecimal("1.2300"),
            Instant.parse("2026-01-02T03:04:05.123456789Z"),
            LocalDate.of(-44, 3, 15),
            Duration.ofNanos(1),
            new UUID(3, 4),
            URI.create("http://x/y?z"),
            DayOfWeek.SUNDAY,
            Optional.empty(),
            List.of(Optional.of(1), Optional.empty()),
            Set.of("b", "a"),
            Map.of(DayOfWeek.FRIDAY, new Grid.Position(1, 2)),
            new Ref<>(new Lineage("two")),
            Map.of(7, new Grid.Agent(Grid.id("x"), "\n\u2028\"", 1)));
    Diff diff = Diff.between(before, after);
    assertThat(back(diff, Values.class)).isEqualTo(diff);
    assertThat(back(diff, Values.class).applyTo(before)).isEqualTo(after);
  }

  @Test
  void json_that_never_was_text_is_read_as_well() {
    Diff diff = Diff.between(Sketch.plant("r[a]"), Sketch.plant("r[b a=1]"));
    assertThat(Diff.fromJson(diff.toJson(), Plant.class)).isEqualTo(diff);
    assertThatThrownBy(() -> Diff.fromJson("{", Plant.class))
        .isInstanceOf(Refused.class)
        .hasMessage("the written difference is no JSON");
  }

  @Test
  void an_entity_keeps_the_version_that_it_came_from() {
    Repository repository = Repository.inMemory(InstantSource.system());
    Plant kept = repository.commit(Sketch.plant("r[a[b] c]"));
    Diff back = back(Diff.between(kept, Sketch.plant("r[c]")), Plant.class);
    assertThat(back.of(Change.Removed.class).map(r -> r.entity().id().version()))
        .containsOnly(kept.id().version());
    assertThat(repository.commit(back.applyTo(kept))).isNotSameAs(kept);
  }

  @Test
  void an_entity_that_is_new_with_all_below_is_written_once_however_deep() {
    Plant deep = Sketch.plant("n0");
    for (int i = 1; i < 10_000; i++) {
      deep = new Plant.Bud(Grid.id("n" + i), 0, List.of(deep));
    }
    Plant root = new Plant.Bud(Grid.id("r"), 0, List.of(deep));
    Diff diff = Diff.between(new Plant.Bud(Grid.id("r"), 0, List.of()), root);
    ObjectNode json = diff.toJson();
    assertThat(json.get("after")).hasSize(10_000);
    assertThat(json.toString()).hasSizeLessThan(10_000 * 400);
    Plant applied =
        Diff.fromJson(json.toString(), Plant.class)
            .applyTo(new Plant.Bud(Grid.id("r"), 0, List.of()));
    assertThat(Diff.between(applied, root).isEmpty()).isTrue();
  }

  @Test
  void what_is_written_can_be_read_by_people() {
    Diff diff = Diff.between(Sketch.plant("r!"), Sketch.plant("r![n!=1]"));
    assertThat(diff.toJson())
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"root":"r",
                 "changes":[{"change":"added","id":"n",
                   "place":{"owner":"r","property":"list","steps":[0]}}],
                 "touched":[
                   {"id":"r","@type":"Bud","before":{},"after":{}},
                   {"id":"n","@type":"Bud","after":{"owner":"r","property":"list","steps":[0]}}],
                 "before":[],
                 "after":[{"@type":"Bud","id":"n","value":1,"list":[]}]}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                | lacks touched",
        "{}                                | lacks touched",
        "{'touched':1}                     | has something else where a list must be",
        "{'touched':[{'id':'r'}]}          | lacks @type",
        "{'touched':[{'id':'r','@type':'Tree'}]} | `type Tree is unknown; known are [Bud, Twig]`",
        "{'touched':[{'id':'r r','@type':'Bud'}]} | a lineage must have",
        "{'touched':[],'before':[],'after':[],'changes':[{'change':'melted','id':'r'}]}"
            + " | has a change of an unknown kind",
        "{'touched':[],'before':[],'after':[],'changes':[{'change':'added','id':'r','place':{}}]}"
            + " | lacks the content of @r",
        "{'touched':[],'before':[],'after':[{'@type':'Bud','id':'n','value':'x','list':[]}]}"
            + " | has something that does not fit value",
        "{'touched':[],'before':[],'after':[{'@type':'Bud','id':'n','value':1,'list':['m']}]}"
            + " | lacks the content of @m",
        "{'touched':[{'id':'r','@type':'Bud'}],'before':[],'after':[],'changes':"
            + "[{'change':'modified','id':'r','property':'valeu','before':1,'after':2}]}"
            + " | `names valeu, which Bud does not have; there is value, list`",
      })
  void what_is_malformed_is_refused_in_words(String json, String reason) {
    JsonNode written = Json.MAPPER.readTree(json.replace('\'', '"'));
    assertThatThrownBy(() -> Diff.fromJson(written, Plant.class))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(reason);
  }

  @Test
  void whatever_was_changed_by_hand_only_refused_escapes() {
    long seed = 1_234;
    Random random = new Random(seed);
    Diff diff =
        Diff.between(
            Sketch.plant("r[a[x] b]{k:c}(l:[d e])?f"),
            Sketch.plant("r[n[x=1] a!]{j:c}(l:[e d])?g"));
    int read = 0;
    for (int i = 0; i < 5_000; i++) {
      ObjectNode json = diff.toJson();
      damage(json, random);
      read += isRead(json, seed) ? 1 : 0;
    }
    System.out.println("seed " + seed + ": " + read + " of 5000 could still be read");
    assertThat(read).isLessThan(4_000);
  }

  private static boolean isRead(JsonNode json, long seed) {
    try {
      assertThat(Diff.fromJson(json, Plant.class)).as("seed " + seed).isNotNull();
      return true;
    } catch (Refused refused) {
      return false;
    }
  }

  /** Takes out, exchanges or doubles something somewhere. */
  private static void damage(ObjectNode json, Random random) {
    List<JsonNode> all = new ArrayList<>(List.of(json));
    for (int i = 0; i < all.size(); i++) {
      all.get(i).forEach(all::add);
    }
    JsonNode other = all.get(random.nextInt(all.size())).deepCopy();
    List<JsonNode> containers =
        all.stream().filter(node -> node.isContainer() && !node.isEmpty()).toList();
    switch (containers.get(random.nextInt(containers.size()))) {
      case ObjectNode object -> {
        List<String> names = new ArrayList<>(object.propertyNames());
        String name = names.get(random.nextInt(names.size()));
        if (random.nextBoolean()) {
          object.remove(name);
        } else {
          object.set(name, other);
        }
      }
      case ArrayNode array -> {
        int index = random.nextInt(array.size());
        if (random.nextBoolean()) {
          array.remove(index);
        } else {
          array.set(index, other);
        }
      }
      default -> throw new IllegalStateException();
    }
  }

  private static Diff back(Diff diff, Class<? extends Entity> root) {
    return Diff.fromJson(diff.toJson().toString(), root);
  }
}
