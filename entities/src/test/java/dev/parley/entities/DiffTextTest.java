package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiffTextTest {
  record Text(Identity id, String words, Map<String, Grid.Agent> agents) implements Entity {}

  @Test
  void each_change_is_a_line_with_the_address_of_its_place() {
    assertThat(text("r[a[x] b d e]{k:f}(l:[g h])", "r=1[n[m] b=2[x=3] e d]{j:f}(l:[h g])"))
        .isEqualTo(
            """
            added Twig @n at @r.list[0]
            added Twig @m at @r.list[0].list[0]
            removed Twig @a at @r.list[0]
            moved @f from @r.map["k"] to @r.map["j"]
            moved @x from @r.list[0].list[0] to @r.list[1].list[0]
            reordered @e from @r.list[3] to @r.list[2]
            rearranged @r.lanes: {l=[g, h]} → {l=[h, g]}
            changed @r.value: 0 → 1
            changed @r.list[1].value: 0 → 2
            changed @r.list[1].list[0].value: 0 → 3\
            """);
  }

  @Test
  void another_type_and_single_places_and_sets_are_told_of() {
    assertThat(text("r[a]<b>?c", "r[a!]<d>?e"))
        .isEqualTo(
            """
            added Twig @d at @r.set["d"]
            added Twig @e at @r.maybe
            removed Twig @b at @r.set["b"]
            removed Twig @c at @r.maybe
            retyped @a at @r.list[0]: Twig → Bud\
            """);
  }

  @Test
  void the_same_trees_differ_in_no_line() {
    assertThat(text("r[a]", "r[a]")).isEmpty();
  }

  @Test
  void whatever_a_text_or_a_key_holds_a_change_stays_one_line() {
    Text before = new Text(Grid.id("t"), "a", Map.of());
    Grid.Agent agent = new Grid.Agent(Grid.id("x"), "x", 1);
    Text after =
        new Text(
            Grid.id("t"),
            "two\nlines \"quoted\" \u2028" + "long".repeat(100),
            Map.of("k\n\"]\u0085", agent));
    String text = Diff.between(before, after).toText();
    assertThat(text.lines()).hasSize(2);
    assertThat(text)
        .contains("added Agent @x at @t.agents[\"k\uFFFD\\\"]\uFFFD\"]")
        .contains("changed @t.words: \"a\" → \"two\\nlines \\\"quoted\\\"")
        .hasSizeLessThan(300);
  }

  @Test
  void a_deep_place_is_told_of_from_an_entity_near_it() {
    Diff diff = Diff.between(chain(0), chain(1));
    assertThat(diff.toText()).isEqualTo("changed @n12" + ".list[0]".repeat(12) + ".value: 0 → 1");
  }

  private static Plant chain(int value) {
    Plant node = Sketch.plant("n0=" + value);
    for (int i = 1; i < 10_000; i++) {
      node = new Plant.Bud(Grid.id("n" + i), 0, List.of(node));
    }
    return node;
  }

  private static String text(String before, String after) {
    return Diff.between(Sketch.plant(before), Sketch.plant(after)).toText();
  }
}
