package dev.parley.bench.entities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.entities.Diff;
import dev.parley.entities.Lineage;
import dev.parley.entities.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is measured is what it says. */
class TreeTest {
  private static final GridSize SIZE = new GridSize(10, 10);

  private final Tree tree = new Tree(SIZE);
  private final GridMap first = tree.head();

  @Test
  void a_move_changes_root_source_and_target_and_nothing_else() {
    Move move = Moves.of(SIZE, afterPlanting()).next();
    Diff diff = tree.move();
    GridMap.Node source = first.nodes().get(move.source());
    assertThat(diff.changed()).isEqualTo(lineages(first, source, first.nodes().get(move.target())));
    assertThat(diff.moved())
        .isEqualTo(Set.of(source.agents().get(source.indexOf(move.agent())).lineage()));
    assertThat(diff.changes()).hasSize(1);
  }

  @Test
  void each_move_makes_one_version_and_leaves_the_old_ones_as_they_were() {
    List<String> seen = new ArrayList<>(List.of(first.toString()));
    for (int i = 0; i < 300; i++) {
      tree.move();
      seen.add(tree.head().toString());
    }
    List<Version<?>> versions =
        tree.repository().versions(first.lineage(), Long.MAX_VALUE, 1_000).reversed();
    assertThat(versions).extracting(version -> version.root().toString()).isEqualTo(seen);
    assertThat(new HashSet<>(seen)).hasSizeGreaterThan(200);
  }

  @Test
  void the_trace_can_be_repeated_as_every_round_is_taken_back() {
    int moves = Moves.of(SIZE, afterPlanting()).all().size();
    for (int i = 0; i < moves; i++) {
      tree.move();
    }
    assertThat(tree.head().nodes())
        .extracting(node -> node.agents().size())
        .containsOnly(SIZE.agents());
  }

  @Test
  void a_rebuild_of_the_same_content_makes_no_version() {
    assertThat(tree.commitNothing()).isSameAs(first);
  }

  @Test
  void history_is_given_up_on_demand() {
    tree.move();
    tree.forgetHistory();
    assertThat(tree.repository().versions(first.lineage(), Long.MAX_VALUE, 10)).hasSize(1);
  }

  /** Where the random numbers stand once a tree of this size is planted. */
  private static Random afterPlanting() {
    Random random = new Random(Tree.SEED);
    GridMap.of(SIZE, random);
    return random;
  }

  private static Set<Lineage> lineages(GridMap map, GridMap.Node source, GridMap.Node target) {
    return Set.of(map.lineage(), source.lineage(), target.lineage());
  }
}
