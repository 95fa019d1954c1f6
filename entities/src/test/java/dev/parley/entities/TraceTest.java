package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Replays what the seed's benchmark does to its grids: agents that move from node to node, drawn by
 * Python with the seed 42. The traces are in {@code src/test/resources/traces}.
 */
class TraceTest {
  private static final int ITERATIONS = 100;

  private record Move(int source, String agent, int target) {}

  /** A grid whose objects nothing of the library has touched. */
  private record Plain(List<List<String>> agents) {
    static Plain of(Grid grid) {
      return new Plain(
          grid.nodes().stream()
              .map(node -> node.agents().stream().map(a -> a.name() + " " + a.speed()).toList())
              .toList());
    }

    Plain moved(Move move) {
      List<List<String>> next = new ArrayList<>();
      agents.forEach(on -> next.add(new ArrayList<>(on)));
      List<String> source = next.get(move.source);
      int at =
          IntStream.range(0, source.size())
              .filter(i -> source.get(i).startsWith(move.agent + " "))
              .findFirst()
              .orElseThrow();
      next.get(move.target).add(source.remove(at));
      return new Plain(next.stream().map(List::copyOf).toList());
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 10, 93, 509", "20, 20, 94, 2125", "50, 20, 99, 5514", "50, 50, 99, 13936"})
  void a_trace_makes_one_version_per_move_and_changes_just_what_moved(
      int nodes, int agents, int moves, int speeds) throws IOException {
    Repository repository = Repository.inMemory(InstantSource.system());
    Grid grid = repository.commit(grid(nodes, agents, new PythonRandom(42)));
    assertThat(speeds(grid)).isEqualTo(speeds);
    List<Grid> versions = new ArrayList<>(List.of(grid));
    List<Plain> states = new ArrayList<>(List.of(Plain.of(grid)));
    for (Move move : trace(nodes, agents)) {
      Grid next = repository.commit(moved(grid, move));
      requireMove(Diff.between(grid, next), move);
      versions.add(next);
      states.add(states.getLast().moved(move));
      grid = next;
    }
    assertThat(versions).hasSize(moves + 1);
    List<Version<?>> kept = repository.versions(grid.lineage(), Long.MAX_VALUE, 1_000).reversed();
    assertThat(kept).hasSize(moves + 1);
    for (int i = 0; i < kept.size(); i++) {
      assertThat(kept.get(i).root()).isSameAs(versions.get(i));
      assertThat(Plain.of(versions.get(i))).isEqualTo(states.get(i));
    }
    assertThat(speeds(grid)).isEqualTo(speeds);
    assertThat(grid.nodes().stream().mapToInt(node -> 1 + node.agents().size()).sum())
        .isEqualTo(nodes + nodes * agents);
  }

  @Test
  void the_agents_of_the_smallest_grid_end_where_the_original_has_them() throws IOException {
    Grid grid = grid(10, 10, new PythonRandom(42));
    for (Move move : trace(10, 10)) {
      grid = moved(grid, move);
    }
    assertThat(grid.nodes())
        .extracting(node -> node.agents().size())
        .containsExactly(5, 3, 10, 10, 1, 12, 13, 14, 19, 13);
  }

  /** The traces are no data that somebody made up: Python's random draws just them. */
  @ParameterizedTest
  @CsvSource({"10, 10", "20, 20", "50, 20", "50, 50"})
  void a_trace_is_what_python_draws(int nodes, int agents) throws IOException {
    PythonRandom random = new PythonRandom(42);
    Plain grid = Plain.of(grid(nodes, agents, random));
    List<Move> drawn = new ArrayList<>();
    for (int i = 0; i < ITERATIONS; i++) {
      int source = random.between(0, nodes - 1);
      int target = random.between(0, nodes - 1);
      List<String> on = grid.agents().get(source);
      if (source != target && !on.isEmpty()) {
        String agent = on.get(random.between(0, on.size() - 1));
        drawn.add(new Move(source, agent.substring(0, agent.indexOf(' ')), target));
        grid = grid.moved(drawn.getLast());
      }
    }
    assertThat(drawn).isEqualTo(trace(nodes, agents));
  }

  private static void requireMove(Diff diff, Move move) {
    Lineage agent = new Lineage(move.agent);
    Lineage source = new Lineage("node_" + move.source);
    Lineage target = new Lineage("node_" + move.target);
    assertThat(diff.changed()).isEqualTo(Set.of(new Lineage("grid"), source, target));
    assertThat(diff.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Moved.class,
            moved -> {
              assertThat(moved.lineage()).isEqualTo(agent);
              assertThat(moved.from().owner()).contains(source);
              assertThat(moved.to().owner()).contains(target);
            });
  }

  private static int speeds(Grid grid) {
    return grid.nodes().stream()
        .flatMap(node -> node.agents().stream())
        .mapToInt(Grid.Agent::speed)
        .sum();
  }

  private static Grid moved(Grid grid, Move move) {
    Grid.Node source = grid.nodes().get(move.source);
    Grid.Node target = grid.nodes().get(move.target);
    Grid.Agent agent =
        source.agents().stream().filter(a -> a.name().equals(move.agent)).findFirst().orElseThrow();
    List<Grid.Agent> left = new ArrayList<>(source.agents());
    left.remove(agent);
    return grid.with(move.source, source.with(left))
        .with(move.target, target.with(Sequence.copyOf(target.agents()).plus(agent)));
  }

  private static Grid grid(int nodes, int agents, PythonRandom random) {
    List<Grid.Node> made = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      List<Grid.Agent> on = new ArrayList<>();
      for (int j = 0; j < agents; j++) {
        String name = "agent_" + i + "_" + j;
        on.add(new Grid.Agent(Grid.id(name), name, random.between(1, 10)));
      }
      made.add(new Grid.Node(Grid.id("node_" + i), new Grid.Position(i % 10, i / 10), on));
    }
    return new Grid(Grid.id("grid"), made, 10, nodes / 10 + 1);
  }

  private static List<Move> trace(int nodes, int agents) throws IOException {
    String name = "/traces/trace_" + nodes + "x" + agents + ".csv";
    try (InputStream in = Objects.requireNonNull(TraceTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(row -> new Move(Integer.parseInt(row[1]), row[2], Integer.parseInt(row[3])))
          .toList();
    }
  }
}
