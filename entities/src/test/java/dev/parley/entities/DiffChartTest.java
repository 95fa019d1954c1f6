package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffChartTest {
  /** The statements that a chart has: all that the grammar of Mermaid needs to know. */
  private static final List<Pattern> STATEMENTS =
      List.of(
          Pattern.compile("flowchart LR"),
          Pattern.compile(" {2}(n\\d+|rest)\\[\"[^\"\\[\\]{}()|;`:<>]*\"]"),
          Pattern.compile(" {2}(n\\d+) (?:-->|-\\.->)\\|\"[^\"\\[\\]{}()|;`:<>]+\"\\| (n\\d+)"),
          Pattern.compile(
              " {2}classDef [a-z]+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}"),
          Pattern.compile(" {2}class n\\d+(,n\\d+)* (added|removed|moved|modified)"));

  @Test
  void added_removed_moved_and_modified_entities_are_under_their_owners_and_marked() {
    Diff diff = Diff.between(Sketch.plant("r[a[x] b c]"), Sketch.plant("r[b=2[x] c n[m]]"));
    assertThat(diff.toMermaid())
        .isEqualTo(
            """
            flowchart LR
              n0["Twig @r"]
              n1["Twig @b<br/>value#58; 0 → 2"]
              n2["Twig @n"]
              n3["Twig @m"]
              n4["@x"]
              n5["Twig @a"]
              n0 -->|"list#91;0#93;"| n1
              n0 -->|"list#91;2#93;"| n2
              n2 -->|"list#91;0#93;"| n3
              n1 -->|"list#91;0#93;"| n4
              n5 -.->|"was list#91;0#93;"| n4
              n0 -.->|"was list#91;0#93;"| n5
              classDef added fill:#dafbe1,stroke:#1a7f37,color:#1f2328
              classDef removed fill:#ffebe9,stroke:#cf222e,color:#1f2328
              classDef moved fill:#ddf4ff,stroke:#0969da,color:#1f2328
              classDef modified fill:#fff8c5,stroke:#9a6700,color:#1f2328
              class n2,n3 added
              class n5 removed
              class n4 moved
              class n1 modified\
            """);
  }

  @Test
  void no_text_ends_a_label_or_begins_a_statement() {
    Grid.Agent before = new Grid.Agent(Grid.id("a"), "plain", 1);
    for (String name :
        List.of(
            "\"] --> end",
            "a\nb\r\nc",
            "<b>&amp;</b>",
            "#quot;",
            "`code`",
            "style: x#1;",
            "%%{init}%%",
            "|pipe|",
            "\\",
            "[(round)]",
            "end",
            "\u2028")) {
      String chart = Diff.between(before, new Grid.Agent(Grid.id("a"), name, 1)).toMermaid();
      requireStatements(chart);
    }
    assertThat(DiffChart.escaped("a \"b\" [c]\n#d"))
        .isEqualTo("a #34;b#34; #91;c#93;\uFFFD#35;d".replace("\uFFFD", "#65533;"));
  }

  @Test
  void random_differences_are_drawn_in_known_statements_with_known_names() {
    long seed = 4_711;
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Sketch one = sketch(random);
      Sketch other = Sketch.parse(one.toString());
      other.all().values().forEach(node -> node.value = random.nextInt(3));
      if (other.all().size() > 2) {
        List<String> names = new ArrayList<>(other.all().keySet());
        Sketch taken = other.take(names.get(1 + random.nextInt(names.size() - 1)));
        other.map.put("moved \"to\"", taken);
      }
      requireStatements(Diff.between(one.plant(), other.plant()).toMermaid());
    }
  }

  @Test
  void a_picture_has_at_most_two_hundred_entities_and_counts_the_rest() {
    String many =
        IntStream.range(0, 500).mapToObj(i -> "n" + i).collect(Collectors.joining(" ", "r[", "]"));
    String chart = Diff.between(Sketch.plant("r"), Sketch.plant(many)).toMermaid();
    requireStatements(chart);
    assertThat(chart).contains("rest[\"and 301 more\"]").doesNotContain("n200[");
  }

  private static void requireStatements(String chart) {
    Set<String> defined = new HashSet<>(Set.of("rest"));
    for (String line : chart.split("\n", -1)) {
      String statement = line.replaceAll("#\\d+;", "").replace("<br/>", " ");
      assertThat(STATEMENTS).as(line).anyMatch(p -> p.matcher(statement).matches());
      Matcher node = STATEMENTS.get(1).matcher(statement);
      Matcher edge = STATEMENTS.get(2).matcher(statement);
      if (node.matches()) {
        defined.add(node.group(1));
      } else if (edge.matches()) {
        assertThat(defined).as(line).contains(edge.group(1), edge.group(2));
      }
    }
  }

  private static Sketch sketch(Random random) {
    Sketch root = new Sketch("r");
    List<Sketch> all = new ArrayList<>(List.of(root));
    for (int i = 0; i < 8; i++) {
      Sketch node = new Sketch("n" + i);
      all.get(random.nextInt(all.size())).list.add(node);
      all.add(node);
    }
    return root;
  }
}
