package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every kind of change to a grid of 3 × 3, with the exact lineages that get a new version. */
class ChangeMatrixTest {
  private final Repository repository = Repository.inMemory(InstantSource.system());
  private Grid before;

  @BeforeEach
  void keep_a_grid() {
    before = repository.commit(Grid.of(3, 3, new Random(42)));
  }

  @Test
  void an_attribute_of_a_leaf_changes_leaf_node_and_root() {
    Diff diff = commit(before.with(1, 1, before.nodes().get(1).agents().get(1).with(99)));
    assertThat(diff.changed()).isEqualTo(lineages("grid", "node_1", "agent_1_1"));
    assertThat(diff.changes()).singleElement().isInstanceOf(Change.Modified.class);
  }

  @Test
  void an_attribute_of_the_root_changes_the_root() {
    Diff diff = commit(new Grid(before.id(), before.nodes(), 11, before.height()));
    assertThat(diff.changed()).isEqualTo(lineages("grid"));
  }

  @Test
  void a_leaf_that_moves_changes_source_target_and_root() {
    Diff diff = commit(moved(0, 1, 2));
    assertThat(diff.changed()).isEqualTo(lineages("grid", "node_0", "node_2"));
    assertThat(diff.moved()).isEqualTo(lineages("agent_0_1"));
    assertThat(diff.changes()).hasSize(1);
  }

  @Test
  void a_removed_leaf_changes_node_and_root() {
    Diff diff = commit(without(0, 1));
    assertThat(diff.changed()).isEqualTo(lineages("grid", "node_0"));
    assertThat(diff.removed()).isEqualTo(lineages("agent_0_1"));
    assertThat(diff.changes()).hasSize(1);
  }

  @Test
  void the_last_leaf_that_is_removed_changes_node_and_root() {
    Grid one = repository.commit(before.with(0, before.nodes().get(0).with(List.of(agent(0, 0)))));
    before = one;
    Diff diff = commit(without(0, 0));
    assertThat(diff.changed()).isEqualTo(lineages("grid", "node_0"));
    assertThat(diff.removed()).isEqualTo(lineages("agent_0_0"));
  }

  @Test
  void a_removed_node_changes_the_root() {
    List<Grid.Node> rest = new ArrayList<>(before.nodes());
    rest.remove(1);
    Diff diff = commit(before.with(rest));
    assertThat(diff.changed()).isEqualTo(lineages("grid"));
    assertThat(diff.removed()).isEqualTo(lineages("node_1", "agent_1_0", "agent_1_1", "agent_1_2"));
  }

  @Test
  void an_added_leaf_is_new_and_changes_node_and_root() {
    Diff diff = commit(before.with(0, before.nodes().get(0).with(plus(0, "new"))));
    assertThat(diff.changed()).isEqualTo(lineages("grid", "node_0", "new"));
    assertThat(diff.added()).isEqualTo(lineages("new"));
  }

  @Test
  void another_order_changes_node_and_root() {
    Diff diff =
        commit(
            before.with(
                0, before.nodes().get(0).with(List.of(agent(0, 1), agent(0, 0), agent(0, 2)))));
    assertThat(diff.changed()).isEqualTo(lineages("grid", "node_0"));
    assertThat(diff.changes()).singleElement().isInstanceOf(Change.Reordered.class);
  }

  @Test
  void two_leaves_that_swap_have_both_moved() {
    Grid.Node a = before.nodes().get(0);
    Grid.Node b = before.nodes().get(2);
    Grid swapped =
        before
            .with(0, a.with(Sequence.copyOf(a.agents()).with(1, agent(2, 1))))
            .with(2, b.with(Sequence.copyOf(b.agents()).with(1, agent(0, 1))));
    Diff diff = commit(swapped);
    assertThat(diff.changed()).isEqualTo(lineages("grid", "node_0", "node_2"));
    assertThat(diff.moved()).isEqualTo(lineages("agent_0_1", "agent_2_1"));
    assertThat(diff.changes()).hasSize(2);
  }

  @Test
  void a_leaf_that_is_replaced_changes_leaf_node_and_root() {
    Diff diff = commit(before.with(0, 1, new Grid.Agent(Grid.id("new"), "new", 1)));
    assertThat(diff.changed()).isEqualTo(lineages("grid", "node_0", "new"));
    assertThat(diff.removed()).isEqualTo(lineages("agent_0_1"));
  }

  @Test
  void a_rebuild_that_changes_nothing_makes_no_version() {
    List<Grid.Node> copies =
        before.nodes().stream()
            .map(n ->
                n.with(
                    n.agents().stream().map(a -> a.with(a.speed())).collect(Collectors.toList())))
            .collect(Collectors.toList());
    assertThat(repository.commit(before.with(copies))).isSameAs(before);
    assertThat(repository.versions(before.lineage(), Long.MAX_VALUE, 10)).hasSize(1);
  }

  @Test
  void a_shared_child_is_refused_naming_both_places() {
    assertThatThrownBy(() ->
            repository.commit(before.with(2, before.nodes().get(2).with(List.of(agent(0, 0))))))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("@node_0.agents[0]")
        .hasMessageContaining("@node_2.agents[0]");
    assertThat(repository.head(before.lineage()).orElseThrow().root()).isSameAs(before);
  }

  @Test
  void a_child_twice_in_one_list_is_refused() {
    assertThatThrownBy(() ->
            repository.commit(
                before.with(0, before.nodes().get(0).with(List.of(agent(0, 0), agent(0, 0))))))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("agents[0]")
        .hasMessageContaining("agents[1]");
  }

  private Diff commit(Grid after) {
    Grid kept = repository.commit(after);
    Diff diff = Diff.between(before, kept);
    assertThat(kept).isEqualTo(after);
    assertThat(diff.applyTo(before)).isEqualTo(kept);
    assertThat(diff.inverse().applyTo(kept)).isEqualTo(before);
    return diff;
  }

  private Grid moved(int source, int agent, int target) {
    Grid.Node from = before.nodes().get(source);
    Grid.Node to = before.nodes().get(target);
    return before
        .with(source, from.with(Sequence.copyOf(from.agents()).without(agent)))
        .with(target, to.with(Sequence.copyOf(to.agents()).plus(from.agents().get(agent))));
  }

  private Grid without(int node, int agent) {
    Grid.Node from = before.nodes().get(node);
    return before.with(node, from.with(Sequence.copyOf(from.agents()).without(agent)));
  }

  private List<Grid.Agent> plus(int node, String name) {
    List<Grid.Agent> agents = new ArrayList<>(before.nodes().get(node).agents());
    agents.add(new Grid.Agent(Grid.id(name), name, 1));
    return agents;
  }

  private Grid.Agent agent(int node, int agent) {
    return before.nodes().get(node).agents().get(agent);
  }

  private static Set<Lineage> lineages(String... names) {
    return Arrays.stream(names).map(Lineage::new).collect(Collectors.toSet());
  }
}
