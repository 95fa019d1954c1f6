package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written of a commit is read back, page by page, and damage is seen. */
class StoredTest {
  private final Map<String, Stored.Node> nodes = new HashMap<>();
  private final Map<String, Stored.Page> pages = new HashMap<>();
  private final Repository repository = Repository.inMemory(InstantSource.system());
  private int pagesRead;

  @Test
  void a_tree_is_read_back_as_it_was() {
    Grid grid = write(Grid.of(10, 10, new Random(1)));
    assertThat(read(grid)).isEqualTo(grid);
  }

  @Test
  void one_changed_leaf_in_a_hundred_thousand_writes_a_handful_of_rows() {
    Grid grid = write(Grid.of(1_000, 100, new Random(1)));
    Commit commit =
        repository
            .propose()
            .put(grid.with(500, 50, grid.nodes().get(500).agents().get(50).with(11)))
            .commit();
    Encoder encoder = Encoder.of(commit, pages::containsKey);
    assertThat(encoder.nodes()).hasSize(3);
    assertThat(encoder.pages()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void a_wide_tree_reads_no_page_before_somebody_looks() {
    Grid grid = write(Grid.of(1_000, 1, new Random(1)));
    Grid read = (Grid) read(grid);
    assertThat(pagesRead).isZero();
    assertThat(read.nodes().get(999)).isEqualTo(grid.nodes().get(999));
    assertThat(pagesRead).isEqualTo(1);
  }

  @Test
  void a_row_that_was_edited_by_hand_is_named() {
    Grid grid = write(Grid.of(2, 2, new Random(1)));
    Stored.Node node = Objects.requireNonNull(nodes.get("agent_1_1"));
    nodes.put(
        "agent_1_1",
        new Stored.Node(
            node.lineage(),
            node.version(),
            node.type(),
            node.body().replaceFirst("\"speed\":\\d+", "\"speed\":99"),
            node.hash()));
    assertThatThrownBy(() -> read(grid))
        .isInstanceOf(Damaged.class)
        .hasMessageContaining("@agent_1_1:1");
  }

  private Grid write(Grid grid) {
    Commit commit = repository.propose().put(grid).commit();
    Encoder encoder = Encoder.of(commit, pages::containsKey);
    encoder.nodes().forEach(node -> nodes.put(node.lineage().value(), node));
    encoder.pages().forEach(page -> pages.put(page.hash(), page));
    encoder.stored();
    return (Grid) commit.root(grid.lineage()).orElseThrow();
  }

  private Entity read(Grid grid) {
    Decoder decoder =
        new Decoder(Catalog.of(List.of(Grid.class)), new FromMaps(), new NothingKnown());
    return decoder.entity(Stored.Key.of(grid));
  }

  private final class FromMaps implements Decoder.Source {
    @Override
    public Collection<Stored.Node> nodes(Collection<Stored.Key> keys) {
      return keys.stream().map(key -> nodes.get(key.lineage().value())).toList();
    }

    @Override
    public Optional<Stored.Page> page(String hash) {
      pagesRead++;
      return Optional.ofNullable(pages.get(hash));
    }
  }

  private static final class NothingKnown implements Decoder.Known {
    @Override
    public @Nullable Entity find(Stored.Key key) {
      return null;
    }

    @Override
    public void add(Stored.Key key, Entity entity) {}

    @Override
    public void page(String hash) {}
  }
}
