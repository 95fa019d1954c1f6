package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeTest {
  private final Repository repository = Repository.inMemory(InstantSource.system());
  private final Grid grid = repository.commit(Grid.of(3, 3, new Random(42)));

  @Test
  void everything_is_told_of_once_owners_first() {
    List<String> told = new ArrayList<>();
    Tree.each(grid, entity -> told.add(entity.lineage().value()));
    assertThat(told).hasSize(13).doesNotHaveDuplicates().startsWith("grid");
    assertThat(told.indexOf("node_1")).isLessThan(told.indexOf("agent_1_2"));
  }

  @Test
  void one_entity_is_exchanged_and_all_others_stay_the_same_objects() {
    Grid.Agent faster = grid.nodes().get(1).agents().get(2).with(99);
    Grid next = (Grid) Tree.with(grid, way("agent_1_2"), faster);
    assertThat(next.nodes().get(1).agents().get(2)).isSameAs(faster);
    assertThat(next.nodes().get(0)).isSameAs(grid.nodes().get(0));
    assertThat(Diff.between(grid, next).modified()).containsExactly(new Lineage("agent_1_2"));
  }

  @Test
  void an_entity_is_found_also_when_others_were_put_before_it() {
    Grid.Node node = grid.nodes().get(0);
    List<Grid.Agent> more = new ArrayList<>(node.agents());
    more.addFirst(new Grid.Agent(Grid.id("first"), "first", 1));
    Grid longer = repository.commit(grid.with(0, node.with(more)));
    Grid next =
        (Grid) Tree.with(longer, way("agent_0_2"), longer.nodes().get(0).agents().get(3).with(99));
    assertThat(next.nodes().get(0).agents().get(3).speed()).isEqualTo(99);
  }

  @Test
  void one_entity_is_taken_out() {
    Grid next = (Grid) Tree.without(grid, way("agent_1_1"), grid.nodes().get(1).agents().get(1));
    assertThat(Diff.between(grid, next).removed()).containsExactly(new Lineage("agent_1_1"));
  }

  @Test
  void another_version_than_the_base_is_not_overwritten() {
    Grid.Agent agent = grid.nodes().get(1).agents().get(2);
    Grid newer = repository.commit(grid.with(1, 2, agent.with(98)));
    assertThatThrownBy(() -> Tree.with(newer, way("agent_1_2"), agent.with(99)))
        .isInstanceOf(HeadMoved.class);
  }

  private List<Revision> way(String lineage) {
    return repository.way(new Lineage(lineage), Branch.MAIN, Long.MAX_VALUE);
  }
}
