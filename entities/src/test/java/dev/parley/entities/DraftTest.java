package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DraftTest {
  record Profile(
      Identity id,
      String name,
      List<String> tags,
      Set<String> roles,
      Map<String, Integer> scores,
      Optional<String> nick,
      Grid.Agent agent)
      implements Entity {}

  private final Repository repository = Repository.inMemory(InstantSource.system());
  private final Grid grid = repository.commit(Grid.of(4, 3, new Random(42)));
  private final Draft<Grid> draft = Draft.of(grid);

  @Test
  void what_is_set_is_in_the_new_tree_and_all_else_is_shared() {
    draft.in(Grid::nodes, 3).in(Grid.Node::agents, 0).set(Grid.Agent::speed, 50);
    assertThat(draft.touched()).hasToString("[@grid.nodes[3].agents[0].speed]");
    Grid built = draft.build();
    assertThat(built.nodes().get(3).agents().get(0).speed()).isEqualTo(50);
    assertThat(built.nodes().get(2)).isSameAs(grid.nodes().get(2));
    assertThat(built.nodes().get(3).agents().get(1)).isSameAs(grid.nodes().get(3).agents().get(1));
    assertThat(Diff.between(grid, built).changes())
        .singleElement()
        .isInstanceOf(Change.Modified.class);
    assertThat(grid.nodes().get(3).agents().get(0).speed()).isNotEqualTo(50);
  }

  @Test
  void the_draft_of_a_child_is_always_the_same() {
    Draft<Grid.Node> node = draft.in(Grid::nodes, 1);
    draft.list(Grid::nodes).move(1, 3);
    assertThat(draft.in(Grid::nodes, 3)).isSameAs(node);
    assertThat(draft.in(Grid.Node.class, "nodes", 3)).isSameAs(node);
  }

  @Test
  void reading_sees_all_edits() {
    draft.in(Grid::nodes, 1).in(Grid.Node::agents, 2).set(Grid.Agent::name, "other");
    draft.in(Grid::nodes, 1).list(Grid.Node::agents).move(2, 0);
    assertThat(draft.get(Grid::nodes).get(1).agents().get(0).name()).isEqualTo("other");
    assertThat(draft.list(Grid::nodes).get(1).agents().get(0).name()).isEqualTo("other");
    assertThat(draft.in(Grid::nodes, 1).now().agents()).hasSize(3);
    assertThat(draft.in(Grid::nodes, 1).get("agents"))
        .isEqualTo(draft.now().nodes().get(1).agents());
  }

  @Test
  void a_list_is_edited_and_its_open_children_find_their_places() {
    ListDraft<Grid.Node> nodes = draft.list(Grid::nodes);
    draft.in(Grid::nodes, 2).set(Grid.Node::position, new Grid.Position(7, 7));
    nodes.remove(0);
    nodes.add(0, new Grid.Node(Grid.id("first"), new Grid.Position(0, 0), List.of()));
    nodes.add(new Grid.Node(Grid.id("last"), new Grid.Position(0, 0), List.of()));
    nodes.move(2, 0);
    Grid built = draft.build();
    assertThat(built.nodes())
        .extracting(node -> node.lineage().value())
        .containsExactly("node_2", "first", "node_1", "node_3", "last");
    assertThat(built.nodes().getFirst().position()).isEqualTo(new Grid.Position(7, 7));
  }

  @Test
  void what_is_taken_out_has_its_edits_and_can_be_put_elsewhere() {
    draft.in(Grid::nodes, 0).in(Grid.Node::agents, 1).set(Grid.Agent::speed, 77);
    Grid.Agent agent = draft.in(Grid::nodes, 0).list(Grid.Node::agents).remove(1);
    draft.in(Grid::nodes, 2).list(Grid.Node::agents).add(agent);
    Grid kept = repository.commit(draft.build());
    Diff diff = Diff.between(grid, kept);
    assertThat(diff.moved()).containsExactly(new Lineage("agent_0_1"));
    assertThat(diff.modified()).containsExactly(new Lineage("agent_0_1"));
    assertThat(kept.nodes().get(2).agents().getLast().speed()).isEqualTo(77);
  }

  @Test
  void writing_what_is_there_changes_nothing() {
    Draft<Grid.Agent> agent = draft.in(Grid::nodes, 0).in(Grid.Node::agents, 0);
    int speed = agent.get(Grid.Agent::speed);
    agent.set(Grid.Agent::speed, 99).set(Grid.Agent::speed, speed);
    ListDraft<Grid.Node> nodes = draft.list(Grid::nodes);
    nodes.add(1, nodes.remove(1)).move(0, 2).move(2, 0);
    nodes.set(2, nodes.get(2).with(List.copyOf(nodes.get(2).agents())));
    draft.set(Grid::nodes, List.copyOf(draft.get(Grid::nodes)));
    assertThat(draft.touched()).isEmpty();
    assertThat(draft.build()).isSameAs(grid);
  }

  @Test
  void maps_sets_optionals_and_nested_containers_are_edited() {
    Plant.Twig twig =
        (Plant.Twig) repository.commit(Sketch.plant("t{k:a l:b}<c d>(x:[e f] y:[g])?h"));
    Draft<Plant.Twig> draft = Draft.of(twig);
    draft.in(Plant.Twig::map, "k").set(Plant::value, 1);
    draft.keyed(Plant.Twig::map).put("m", Sketch.plant("n")).remove("l");
    draft.in(Plant.Twig::set, new Lineage("d")).set("value", 2);
    draft.elements(Plant.Twig::set).add(Sketch.plant("o")).remove(Sketch.plant("c"));
    draft.in(Plant.class, "lanes", "x", 1).set(Plant::value, 3);
    draft.keyed(Plant.Twig::lanes).remove("y");
    draft.optional(Plant.Twig::maybe).in(Plant.Twig.class).set(Plant::value, 4);
    assertThat(draft.touched())
        .extracting(Address::toString)
        .containsExactlyInAnyOrder(
            "@t.map",
            "@t.set",
            "@t.lanes",
            "@t.map[\"k\"].value",
            "@t.set[\"d\"].value",
            "@t.lanes[\"x\"][1].value",
            "@t.maybe.value");
    assertThat(Sketch.of(draft.build())).hasToString("t{k:a=1 m:n}<d=2 o>(x:[e f=3])?h=4");
  }

  @Test
  void lists_sets_maps_and_optionals_of_values_are_edited() {
    Draft<Profile> draft = Draft.of(repository.commit(profile()));
    draft.list(Profile::tags).add("c").set(0, "x").move(2, 0);
    draft.elements(Profile::roles).add("admin").remove("guest");
    draft.keyed(Profile::scores).put("a", 2).remove("b");
    draft.optional(Profile::nick).set("Z");
    draft.in(Profile::agent).set(Grid.Agent::speed, 3);
    Profile built = draft.build();
    assertThat(built.tags()).containsExactly("c", "x", "b");
    assertThat(built.roles()).containsExactly("admin");
    assertThat(built.scores()).isEqualTo(Map.of("a", 2));
    assertThat(built.nick()).contains("Z");
    assertThat(built.agent().speed()).isEqualTo(3);
  }

  @Test
  void a_tree_that_was_never_committed_can_be_edited_too() {
    Draft<Profile> draft = Draft.of(profile());
    draft.list(Profile::tags).add("c");
    draft.list(Profile::tags).remove(2);
    draft.elements(Profile::roles).add("guest");
    draft.keyed(Profile::scores).put("b", 3);
    assertThat(draft.touched()).hasToString("[@profile.scores]");
    assertThat(draft.build().scores()).isEqualTo(Map.of("a", 1, "b", 3));
  }

  @Test
  void ten_thousand_levels_are_edited_and_built() {
    Plant root = Sketch.plant("n0");
    for (int i = 1; i < 10_000; i++) {
      root = new Plant.Bud(Grid.id("n" + i), 0, List.of(root));
    }
    Draft<Plant> draft = Draft.of(root);
    Draft<? extends Plant> deepest = draft;
    for (int i = 1; i < 10_000; i++) {
      deepest = deepest.as(Plant.Bud.class).in(Plant.Bud::list, 0);
    }
    deepest.set("value", 9);
    assertThat(draft.touched()).hasSize(1);
    assertThat(draft.touched().getFirst().path()).hasSize(9_999 * 2 + 1);
    Diff diff = Diff.between(root, draft.build());
    assertThat(diff.modified()).containsExactly(new Lineage("n0"));
    assertThat(diff.changed()).hasSize(10_000);
  }

  @Test
  void a_wide_node_is_edited_in_its_chunks() {
    Grid wide =
        Repository.inMemory(InstantSource.system()).commit(Grid.of(1, 100_000, new Random(1)));
    Draft<Grid> draft = Draft.of(wide);
    ListDraft<Grid.Agent> agents = draft.in(Grid::nodes, 0).list(Grid.Node::agents);
    for (int i = 0; i < 100; i++) {
      draft.in(Grid::nodes, 0).in(Grid.Node::agents, 50_000 + 2 * i).set(Grid.Agent::name, "x" + i);
      agents.add(i * 10, new Grid.Agent(Grid.id("new_" + i), "new", 1));
      agents.remove(99_999);
    }
    Diff diff = Diff.between(wide, draft.build());
    assertThat(diff.added()).hasSize(100);
    assertThat(diff.removed()).hasSize(100);
    assertThat(diff.modified()).hasSize(100);
    assertThat(diff.moved()).isEmpty();
  }

  @Test
  void a_draft_that_was_built_is_over() {
    Draft<Grid.Node> node = draft.in(Grid::nodes, 0);
    ListDraft<Grid.Agent> agents = node.list(Grid.Node::agents);
    draft.build();
    requireRefused(draft::build, "the draft of @grid:1 was built; start another one");
    requireRefused(draft::now, "the draft of @grid:1 was built; start another one");
    requireRefused(() -> draft.in(Grid::nodes, 0), "was built");
    requireRefused(() -> node.set(Grid.Node::position, new Grid.Position(1, 1)), "was built");
    requireRefused(() -> agents.remove(0), "was built");
    requireRefused(agents::size, "was built");
  }

  @Test
  void a_child_that_was_taken_out_or_replaced_has_no_draft_any_more() {
    Draft<Grid.Node> node = draft.in(Grid::nodes, 0);
    Draft<Grid.Agent> agent = node.in(Grid.Node::agents, 0);
    draft.list(Grid::nodes).remove(0);
    requireRefused(
        () -> agent.set(Grid.Agent::speed, 1),
        "@agent_0_0:1 was taken out or replaced in its draft");
    requireRefused(() -> node.in(Grid.Node::agents, 0), "@node_0:1 was taken out or replaced");
    Draft<Grid.Node> next = draft.in(Grid::nodes, 0);
    draft.set(Grid::nodes, List.of());
    requireRefused(next::now, "@node_1:1 was taken out or replaced");
  }

  @Test
  void misuse_is_refused_in_words() {
    requireRefused(
        () -> draft.get("nods"), "Grid has no component nods; there is nodes, width, height");
    requireRefused(() -> draft.set("id", Identity.fresh()), "Grid has no component id");
    requireRefused(() -> draft.set("width", "wide"), "@grid.width is Integer, it cannot be String");
    requireRefused(
        () -> draft.set("nodes", List.of("x")),
        "an element of @grid.nodes is Node, it cannot be String");
    requireRefused(() -> draft.in(Grid::nodes, 4), "@grid.nodes has no index 4; valid are 0 to 3");
    requireRefused(() -> draft.in(Grid.Agent.class, "nodes", 0), "@node_0:1 is Node, not Agent");
    requireRefused(
        () -> draft.in(Grid.Node.class, "nodes"), "@grid.nodes is a list and needs an index");
    requireRefused(() -> draft.in(Grid.Node.class, "width"), "@grid.width holds no entities");
    requireRefused(() -> draft.get(g -> g.width()), "named by its accessor, as in Grid::nodes");
    requireRefused(() -> draft.list(Grid::nodes).move(0, 4), "valid are 0 to 3");
    requireRefused(() -> draft.in(Grid::nodes, 0).build(), "@node_0:1 is built with its root");
    Draft<Plant.Twig> twig = Draft.of((Plant.Twig) Sketch.plant("t{key:a}<b>"));
    requireRefused(() -> twig.in(Plant.Twig::map, "kez"), "@t.map has no key kez; there is key");
    requireRefused(
        () -> twig.in(Plant.Twig::set, new Lineage("c")), "@t.set has no key c; there is b");
    requireRefused(() -> twig.optional(Plant.Twig::maybe).in(Plant.class), "@t.maybe is empty");
    assertThat(draft.build()).isSameAs(grid);
  }

  @Test
  @SuppressWarnings("NullAway") // what programs that are not checked may do
  void null_is_refused_in_words() {
    requireRefused(() -> Draft.of(null), "a draft needs an entity, not null");
    requireRefused(() -> draft.set("width", null), "@grid.width cannot be null");
    requireRefused(
        () -> draft.list(Grid::nodes).add(null), "an element of @grid.nodes cannot be null");
    requireRefused(
        () -> draft.in(Grid.Node.class, "nodes", (Object) null), "a step of a way is null");
    requireRefused(() -> draft.get((Accessor<Grid, Object>) null), "a component is null");
    Draft<Profile> profile = Draft.of(profile());
    requireRefused(
        () -> profile.keyed(Profile::scores).put(null, 1),
        "a key of @profile.scores cannot be null");
    requireRefused(
        () -> profile.keyed(Profile::scores).put("a", null),
        "@profile.scores[\"a\"] cannot be null");
    requireRefused(() -> profile.elements(Profile::roles).add(null), "cannot be null");
    requireRefused(
        () -> profile.optional(Profile::nick).set(null), "@profile.nick cannot be null; clear it");
  }

  private static void requireRefused(ThrowingCallable misuse, String words) {
    assertThatThrownBy(misuse).isInstanceOf(Refused.class).hasMessageContaining(words);
  }

  private static Profile profile() {
    return new Profile(
        Grid.id("profile"),
        "P",
        List.of("a", "b"),
        Set.of("guest"),
        Map.of("a", 1, "b", 2),
        Optional.empty(),
        new Grid.Agent(Grid.id("agent"), "agent", 1));
  }
}
