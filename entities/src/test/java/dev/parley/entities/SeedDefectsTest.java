package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the seed of this library failed (its defects D1 to D19): what is right now. */
class SeedDefectsTest {
  private final Repository repository = Repository.inMemory(InstantSource.system());
  private Grid grid;

  @BeforeEach
  void keep_a_grid() {
    grid = repository.commit(Grid.of(3, 3, new Random(42)));
  }

  private static Set<Lineage> lineages(String... names) {
    return Stream.of(names).map(Lineage::new).collect(Collectors.toSet());
  }

  private Grid.Agent agent(int node, int agent) {
    return grid.nodes().get(node).agents().get(agent);
  }

  private int versions() {
    return repository.versions(grid.lineage(), Long.MAX_VALUE, 1_000).size();
  }

  @Test
  void d1_a_removal_and_a_new_order_make_versions() {
    Grid less = repository.commit(grid.with(grid.nodes().subList(0, 2)));
    assertThat(versions()).isEqualTo(2);
    assertThat(Diff.between(grid, less).removed())
        .isEqualTo(lineages("node_2", "agent_2_0", "agent_2_1", "agent_2_2"));
    repository.commit(less.with(less.nodes().reversed()));
    assertThat(versions()).isEqualTo(3);
  }

  @Test
  void d2_the_node_that_an_agent_leaves_gets_a_version() {
    Grid.Node source = grid.nodes().get(0);
    Grid.Node target = grid.nodes().get(1);
    repository.commit(
        grid.with(0, source.with(source.agents().subList(1, 3)))
            .with(1, target.with(Sequence.copyOf(target.agents()).plus(agent(0, 0)))));
    assertThat(repository.history(source.lineage(), Long.MAX_VALUE, 9)).hasSize(2);
    assertThat(repository.history(target.lineage(), Long.MAX_VALUE, 9)).hasSize(2);
  }

  @Test
  void d3_an_edit_of_a_leaf_is_never_lost() {
    Grid edited = repository.commit(grid.with(1, 1, agent(1, 1).with(99)));
    assertThat(versions()).isEqualTo(2);
    assertThat(Diff.between(grid, edited).changed())
        .isEqualTo(lineages("grid", "node_1", "agent_1_1"));
  }

  @Test
  void d4_what_a_program_does_to_its_lists_later_changes_nothing_that_was_kept() {
    List<Grid.Node> nodes = new ArrayList<>(grid.nodes());
    List<Grid.Agent> agents = new ArrayList<>(nodes.get(0).agents());
    agents.set(0, agents.get(0).with(50));
    nodes.set(0, nodes.get(0).with(agents));
    Grid kept = repository.commit(grid.with(nodes));
    agents.clear();
    nodes.clear();
    assertThat(kept.nodes()).hasSize(3);
    assertThat(kept.nodes().get(0).agents()).hasSize(3);
    assertThatThrownBy(() -> kept.nodes().remove(0))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(repository.latest(new Lineage("agent_0_0")).map(a -> ((Grid.Agent) a).speed()))
        .contains(50);
  }

  sealed interface Animal extends Entity permits Cat, Dog {}

  record Cat(Identity id) implements Animal {}

  record Dog(Identity id) implements Animal {}

  record Zoo(
      Identity id,
      List<List<Animal>> rows,
      Map<String, List<Animal>> houses,
      Optional<List<Animal>> night,
      Optional<Map<String, Set<Cat>>> cats,
      List<Optional<Animal>> cages)
      implements Entity {}

  record Plain(Animal animal) {}

  record Careless(Identity id, Plain plain) implements Entity {}

  @Test
  void d5_entities_in_nested_containers_are_found_and_those_in_plain_objects_refused() {
    List<Cat> cats = Stream.of("a", "b", "c", "d").map(n -> new Cat(Grid.id(n))).toList();
    Dog dog = new Dog(Grid.id("dog"));
    Zoo zoo =
        repository.commit(
            new Zoo(
                Grid.id("zoo"),
                List.of(List.of(cats.get(0)), List.of()),
                Map.of("x", List.of(cats.get(1))),
                Optional.of(List.of(dog)),
                Optional.of(Map.of("y", Set.of(cats.get(2)))),
                List.of(Optional.empty(), Optional.of(cats.get(3)))));
    for (String name : List.of("a", "b", "c", "d", "dog")) {
      assertThat(repository.latest(new Lineage(name))).isPresent();
    }
    Zoo empty =
        new Zoo(zoo.id(), List.of(), Map.of(), Optional.empty(), Optional.empty(), List.of());
    assertThat(Diff.between(zoo, repository.commit(empty)).removed())
        .isEqualTo(lineages("a", "b", "c", "d", "dog"));
    assertThatThrownBy(() -> repository.commit(new Careless(Grid.id("x"), new Plain(dog))))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("Plain.animal");
  }

  @Test
  void d6_concurrent_changes_of_one_version_are_told() {
    repository.commit(grid.with(0, 0, agent(0, 0).with(91)));
    assertThatThrownBy(() -> repository.commit(grid.with(0, 1, agent(0, 1).with(2))))
        .isInstanceOf(HeadMoved.class);
    assertThat(versions()).isEqualTo(2);
  }

  @Test
  void d8_what_is_put_in_the_place_of_an_entity_makes_a_version() {
    List<Revision> way = repository.way(new Lineage("agent_1_1"), Branch.MAIN, Long.MAX_VALUE);
    repository.commit(Tree.with(grid, way, agent(1, 1).with(77)));
    assertThat(versions()).isEqualTo(2);
    assertThat(repository.latest(new Lineage("agent_1_1")).map(a -> ((Grid.Agent) a).speed()))
        .contains(77);
  }

  @Test
  void d12_a_version_is_listed_once() {
    for (int speed = 20; speed < 30; speed++) {
      grid = repository.commit(grid.with(0, 0, agent(0, 0).with(speed)));
    }
    assertThat(repository.versions(grid.lineage(), Long.MAX_VALUE, 1_000))
        .extracting(Version::number)
        .hasSize(11)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Collections.reverseOrder());
    assertThat(repository.history(agent(0, 0).lineage(), Long.MAX_VALUE, 1_000)).hasSize(11);
    assertThat(repository.history(agent(0, 1).lineage(), Long.MAX_VALUE, 1_000)).hasSize(1);
  }

  @Test
  void d13_no_change_makes_no_version_and_says_so() {
    Commit commit =
        repository.propose().put(grid.with(0, 0, agent(0, 0).with(agent(0, 0).speed()))).commit();
    assertThat(commit.isEmpty()).isTrue();
    assertThat(versions()).isEqualTo(1);
  }

  @Test
  void d14_a_child_has_a_newest_version_a_history_and_a_way_to_its_root() {
    Grid.Agent old = agent(2, 2);
    Grid edited = repository.commit(grid.with(2, 2, old.with(33)));
    assertThat(repository.latest(old.lineage()))
        .containsSame(edited.nodes().get(2).agents().get(2));
    assertThat(repository.asOf(old.lineage(), grid.id().version())).containsSame(old);
    assertThat(repository.way(old.lineage(), Branch.MAIN, Long.MAX_VALUE))
        .extracting(r -> r.lineage().value())
        .containsExactly("grid", "node_2", "agent_2_2");
  }

  @Test
  void d15_an_entity_keeps_its_lineage_and_history_when_it_is_taken_out_and_put_back() {
    Grid.Node node = grid.nodes().get(1);
    List<Grid.Node> others = List.of(grid.nodes().get(0), grid.nodes().get(2));
    repository.propose().put(grid.with(others)).put(node).commit();
    Grid.Node free = (Grid.Node) repository.head(node.lineage()).orElseThrow().root();
    Grid without = (Grid) repository.head(grid.lineage()).orElseThrow().root();
    repository
        .propose()
        .put(without.with(Sequence.copyOf(without.nodes()).plus(free)))
        .end(free.lineage())
        .commit();
    assertThat(repository.history(node.lineage(), Long.MAX_VALUE, 9))
        .extracting(Revision::act)
        .containsExactly(Revision.Act.MOVED, Revision.Act.MOVED, Revision.Act.CREATED);
    assertThat(repository.history(new Lineage("agent_1_0"), Long.MAX_VALUE, 9)).hasSize(1);
  }

  @Test
  void d18_a_change_costs_the_same_whatever_the_repository_holds() {
    edits(2_000);
    long early = bytesOf(() -> edits(500));
    edits(20_000);
    for (int i = 0; i < 200; i++) {
      repository.commit(new Grid(Grid.id("grid-" + i), List.of(), i, i));
    }
    long late = bytesOf(() -> edits(500));
    assertThat(late).isLessThan(early * 2);
  }

  @Test
  void d19_an_entity_is_read_without_a_copy_of_its_tree() {
    Grid large =
        repository.commit(
            new Grid(
                Grid.id("large"),
                Grid.of(100, 50, new Random(1)).nodes().stream()
                    .map(SeedDefectsTest::renamed)
                    .toList(),
                1,
                1));
    Grid.Agent wanted = large.nodes().get(99).agents().get(49);
    Runnable read = () -> assertSame(repository.latest(wanted.lineage()), wanted);
    bytesOf(() -> Collections.nCopies(20_000, read).forEach(Runnable::run));
    assertThat(bytesOf(() -> Collections.nCopies(1_000, read).forEach(Runnable::run)) / 1_000)
        .isLessThan(1_000);
  }

  private static void assertSame(Optional<Entity> found, Entity wanted) {
    if (found.isEmpty() || found.get() != wanted) {
      throw new AssertionError(found + " is not " + wanted);
    }
  }

  private static Grid.Node renamed(Grid.Node node) {
    return new Grid.Node(
        Grid.id("large-" + node.lineage()),
        node.position(),
        node.agents().stream()
            .map(a -> new Grid.Agent(Grid.id("large-" + a.lineage()), a.name(), a.speed()))
            .toList());
  }

  private void edits(int count) {
    for (int i = 0; i < count; i++) {
      Grid.Agent agent = agent(1, 1);
      grid = repository.commit(grid.with(1, 1, agent.with(agent.speed() + 1)));
    }
  }

  private static long bytesOf(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
