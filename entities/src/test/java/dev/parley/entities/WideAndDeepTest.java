package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes of 100,000 children and chains of 10,000 levels: they work, and edits touch little. */
class WideAndDeepTest {
  private static final int WIDE = 100_000;
  private static final int DEEP = 10_000;

  /**
   * An edit of a wide container may make anew a chunk of 128 and the list of about 1,100 chunks.
   */
  private static final int MOST_NEW_CHUNKS = 4;

  record Wide(
      Identity id, List<Leaf> list, Set<Leaf> set, Map<String, Leaf> map, List<List<Leaf>> rows)
      implements Entity {
    Wide with(List<Leaf> others) {
      return new Wide(id, others, set, map, rows);
    }

    Wide with(Set<Leaf> others) {
      return new Wide(id, list, others, map, rows);
    }

    Wide with(Map<String, Leaf> others) {
      return new Wide(id, list, set, others, rows);
    }
  }

  record Leaf(Identity id, int value) implements Entity {
    Leaf with(int other) {
      return new Leaf(id, other);
    }
  }

  record Link(Identity id, int value, Optional<Link> below, List<Link> beside) implements Entity {
    Link with(Optional<Link> other) {
      return new Link(id, value, other, beside);
    }

    Link with(int other) {
      return new Link(id, other, below, beside);
    }

    Link with(List<Link> others) {
      return new Link(id, value, below, others);
    }
  }

  private final Repository repository = Repository.inMemory(InstantSource.system());

  private static Identity id(String name) {
    return Identity.of(new Lineage(name));
  }

  private static List<Leaf> leaves(String name) {
    return IntStream.range(0, WIDE)
        .mapToObj(i -> new Leaf(id("%s-%06d".formatted(name, i)), i))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Wide wide() {
    Map<String, Leaf> map = new TreeMap<>();
    leaves("map").forEach(leaf -> map.put(leaf.lineage().value(), leaf));
    return repository.commit(
        new Wide(
            id("wide"),
            leaves("list"),
            Set.copyOf(leaves("set")),
            map,
            List.of(leaves("row"), List.of())));
  }

  private Diff committed(Wide before, Wide next) {
    Wide after = repository.commit(next);
    Diff diff = Diff.between(before, after);
    requireBoth(diff, before, after);
    return diff;
  }

  private static <T extends Entity> void requireBoth(Diff diff, T before, T after) {
    assertThat(Diff.between(diff.applyTo(before), after).isEmpty()).isTrue();
    assertThat(Diff.between(diff.inverse().applyTo(after), before).isEmpty()).isTrue();
  }

  private static int newChunks(Sequence<?> before, Sequence<?> after) {
    Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(before.chunks());
    return (int) after.chunks().stream().filter(chunk -> !known.contains(chunk)).count();
  }

  private static Sequence<?> sequence(Object list) {
    return (Sequence<?>) list;
  }

  @Test
  void a_wide_list_shares_all_but_the_edited_chunk() {
    Wide before = wide();
    Sequence<Leaf> list = Sequence.copyOf(before.list());
    Wide after = repository.commit(before.with(list.with(70_000, list.get(70_000).with(-1))));
    assertThat(after.set()).isSameAs(before.set());
    assertThat(after.map()).isSameAs(before.map());
    assertThat(after.rows()).isSameAs(before.rows());
    assertThat(newChunks(list, sequence(after.list()))).isEqualTo(1);
    assertThat(repository.history(new Lineage("list-070000"), Long.MAX_VALUE, 9)).hasSize(2);
    assertThat(repository.history(new Lineage("list-070001"), Long.MAX_VALUE, 9)).hasSize(1);

    Diff moved =
        committed(after, after.with(Sequence.copyOf(after.list()).without(5).plus(list.get(5))));
    assertThat(moved.changes()).singleElement().isInstanceOf(Change.Reordered.class);
    assertThat(repository.latest(new Lineage("list-000005"))).containsSame(list.get(5));
    assertThat(repository.asOf(new Lineage("list-070000"), before.id().version()))
        .containsSame(list.get(70_000));
    assertThat(repository.way(new Lineage("list-070000"), Branch.MAIN, Long.MAX_VALUE)).hasSize(2);
  }

  @Test
  void a_plain_copy_of_a_wide_list_with_one_edit_shares_as_much() {
    Wide before = wide();
    List<Leaf> copy = new ArrayList<>(before.list());
    copy.set(10, copy.get(10).with(-1));
    copy.remove(50_000);
    Wide after = repository.commit(before.with(copy));
    assertThat(newChunks(sequence(before.list()), sequence(after.list())))
        .isBetween(1, MOST_NEW_CHUNKS);
    Diff diff = Diff.between(before, after);
    assertThat(diff.changes()).hasSize(2);
    requireBoth(diff, before, after);
  }

  @Test
  void a_wide_set_and_a_wide_map_share_all_but_the_edited_chunks() {
    Wide before = wide();
    Elements<Leaf> set = (Elements<Leaf>) before.set();
    Leaf one = set.elements().get(123);
    Wide edited = repository.commit(before.with(set.with(one.with(-1))));
    assertThat(newChunks(set.elements(), ((Elements<Leaf>) edited.set()).elements())).isEqualTo(1);
    requireBoth(Diff.between(before, edited), before, edited);

    Keyed<String, Leaf> map = (Keyed<String, Leaf>) edited.map();
    Leaf leaf = map.values().iterator().next();
    Wide moved =
        repository.commit(edited.with(map.without(leaf.lineage().value()).with("zzz", leaf)));
    assertThat(newChunks(map.entries(), ((Keyed<String, Leaf>) moved.map()).entries()))
        .isBetween(1, MOST_NEW_CHUNKS);
    Diff diff = Diff.between(edited, moved);
    assertThat(diff.changes()).singleElement().isInstanceOf(Change.Moved.class);
    requireBoth(diff, edited, moved);
  }

  @Test
  void all_of_a_wide_list_can_change_at_once() {
    List<Leaf> leaves = leaves("list").subList(0, WIDE / 10);
    Wide before = repository.commit(new Wide(id("wide"), leaves, Set.of(), Map.of(), List.of()));
    List<Leaf> others = new ArrayList<>();
    before.list().forEach(leaf -> others.add(leaf.with(leaf.value() + 1)));
    Collections.reverse(others);
    Diff diff = committed(before, before.with(others));
    assertThat(diff.modified()).hasSize(WIDE / 10);
    assertThat(diff.reordered()).hasSize(WIDE / 10 - 1);
    Wide head = (Wide) repository.head(before.lineage()).orElseThrow().root();
    Diff removed = committed(head, head.with(List.of()));
    assertThat(removed.removed()).hasSize(WIDE / 10);
  }

  private static Link chain(int from, int to) {
    Link link = new Link(id("link-" + (to - 1)), to - 1, Optional.empty(), List.of());
    for (int i = to - 2; i >= from; i--) {
      link = new Link(id("link-" + i), i, Optional.of(link), List.of());
    }
    return link;
  }

  private static List<Link> way(Link root) {
    List<Link> way = new ArrayList<>();
    for (Optional<Link> next = Optional.of(root); next.isPresent(); next = next.get().below()) {
      way.add(next.get());
    }
    return way;
  }

  /** The chain with another link in the place of the one at some depth. */
  private static Link with(Link root, int depth, Optional<Link> other) {
    List<Link> way = way(root);
    Optional<Link> next = other;
    for (int i = depth - 1; i >= 0; i--) {
      next = Optional.of(way.get(i).with(next));
    }
    return next.orElseThrow();
  }

  @Test
  void an_edit_at_the_end_of_a_deep_chain_makes_its_spine_anew() {
    Link before = repository.commit(chain(0, DEEP));
    Link last = way(before).getLast();
    Link after = repository.commit(with(before, DEEP - 1, Optional.of(last.with(-1))));
    Diff diff = Diff.between(before, after);
    assertThat(diff.changed()).hasSize(DEEP);
    assertThat(diff.changes()).hasSize(1);
    assertThat(way(diff.applyTo(before)).getLast().value()).isEqualTo(-1);
    assertThat(way(diff.inverse().applyTo(after)).getLast().value()).isEqualTo(DEEP - 1);
    requireBoth(diff, before, after);
    assertThat(repository.asOf(last.lineage(), before.id().version())).containsSame(last);
    assertThat(repository.way(last.lineage(), Branch.MAIN, Long.MAX_VALUE)).hasSize(DEEP);
    assertThat(repository.way(last.lineage(), Branch.MAIN, before.id().version())).hasSize(DEEP);
  }

  @Test
  void an_edit_at_the_beginning_of_a_deep_chain_shares_the_rest() {
    Link before = repository.commit(chain(0, DEEP));
    Link after = repository.commit(before.with(-1));
    assertThat(after.below().orElseThrow()).isSameAs(before.below().orElseThrow());
    assertThat(repository.history(new Lineage("link-1"), Long.MAX_VALUE, 9)).hasSize(1);
  }

  @Test
  void a_rebuilt_chain_that_is_the_same_makes_no_version() {
    Link before = repository.commit(chain(0, DEEP));
    Link last = way(before).getLast();
    Link same = with(before, DEEP - 1, Optional.of(last.with(last.value())));
    assertThat(repository.commit(same)).isSameAs(before);
  }

  @Test
  void the_last_link_of_a_removed_chain_is_saved() {
    Link before = repository.commit(chain(0, DEEP));
    Link last = way(before).getLast();
    Link after = repository.commit(before.with(Optional.of(last)));
    Diff diff = Diff.between(before, after);
    assertThat(diff.removed()).hasSize(DEEP - 2);
    assertThat(diff.moved()).containsExactly(last.lineage());
    requireBoth(diff, before, after);
    assertThat(repository.latest(last.lineage())).containsSame(last);
    assertThat(repository.latest(new Lineage("link-5"))).isEmpty();
  }

  @Test
  void a_chain_that_is_turned_upside_down_is_all_moves() {
    Link before = repository.commit(chain(0, DEEP));
    List<Link> links = way(before);
    Optional<Link> turned = Optional.empty();
    for (Link link : links.subList(1, DEEP)) {
      turned = Optional.of(link.with(turned));
    }
    Link after = repository.commit(before.with(turned));
    Diff diff = Diff.between(before, after);
    assertThat(diff.moved()).hasSize(DEEP - 1);
    assertThat(diff.added()).isEmpty();
    requireBoth(diff, before, after);
  }

  @Test
  void half_of_a_deep_chain_moves_into_a_list() {
    Link before = repository.commit(chain(0, DEEP));
    Link half = way(before).get(DEEP / 2);
    Link cut = with(before, DEEP / 2, Optional.empty());
    Link after = repository.commit(cut.with(List.of(half)));
    Diff diff = Diff.between(before, after);
    assertThat(diff.moved()).containsExactly(half.lineage());
    assertThat(diff.changes()).hasSize(1);
    requireBoth(diff, before, after);
    assertThat(after.beside().getFirst()).isSameAs(half);
  }
}
