package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trees that are not sound: each is refused with the place, and everything stays as it was. */
@SuppressWarnings("NullAway") // nulls are what is tested
class RefusedTreesTest {
  record Part(
      Identity id,
      String name,
      List<String> words,
      Map<BigDecimal, String> prices,
      Optional<Part> inner,
      List<Part> parts,
      Set<Part> loose,
      Map<String, Part> named)
      implements Entity {
    Part with(List<Part> others) {
      return new Part(id, name, words, prices, inner, others, loose, named);
    }

    Part called(String other) {
      return new Part(id, other, words, prices, inner, parts, loose, named);
    }

    Part inside(Part other) {
      return new Part(id, name, words, prices, Optional.of(other), parts, loose, named);
    }

    Part saying(List<String> others) {
      return new Part(id, name, others, prices, inner, parts, loose, named);
    }

    Part priced(Map<BigDecimal, String> others) {
      return new Part(id, name, words, others, inner, parts, loose, named);
    }

    Part loosely(Set<Part> others) {
      return new Part(id, name, words, prices, inner, parts, others, named);
    }
  }

  record Nest(Identity id, List<Twig> twigs) implements Entity {}

  record Twig(List<Twig> twigs) {}

  private final Repository repository = Repository.inMemory(InstantSource.system());
  private Part a = part("a");
  private Part b = part("b");
  private Part c = part("c");
  private Part root = part("root");

  private static Part part(String name) {
    return new Part(
        Identity.of(new Lineage(name)),
        name,
        List.of(),
        Map.of(),
        Optional.empty(),
        List.of(),
        Set.of(),
        Map.of());
  }

  private static Part part(String name, Part... parts) {
    return part(name).with(List.of(parts));
  }

  /** root owns a, which owns b, which owns c. */
  @BeforeEach
  void keep_a_tree() {
    root = repository.commit(part("root", part("a", part("b", part("c")))));
    a = root.parts().getFirst();
    b = a.parts().getFirst();
    c = b.parts().getFirst();
  }

  @AfterEach
  void everything_is_as_it_was() {
    assertThat(repository.head(root.lineage()).orElseThrow().root()).isSameAs(root);
    assertThat(repository.versions(root.lineage(), Long.MAX_VALUE, 10)).hasSize(1);
    for (Part part : List.of(root, a, b, c)) {
      assertThat(repository.latest(part.lineage())).containsSame(part);
      assertThat(repository.history(part.lineage(), Long.MAX_VALUE, 10)).hasSize(1);
    }
    assertThat(repository.head(new Lineage("a"))).isEmpty();
  }

  private AbstractThrowableAssert<?, ?> refused(Part tree) {
    return assertThatThrownBy(() -> repository.commit(tree)).isInstanceOf(Refused.class);
  }

  @Test
  void a_component_that_is_null() {
    refused(root.called(null)).hasMessageContaining("Part.name is null");
    refused(root.with(null)).hasMessageContaining("Part.parts is null");
    refused(root.with(List.of(a.loosely(null)))).hasMessageContaining("Part.loose is null");
    refused(root.with(List.of(a, part("new").with(null))))
        .hasMessageContaining("Part.parts is null");
    refused(new Part(root.id(), "", List.of(), Map.of(), null, List.of(a), Set.of(), Map.of()))
        .hasMessageContaining("Part.inner is null");
  }

  @Test
  void a_null_inside() {
    refused(root.with(Arrays.asList(a, null))).hasMessageContaining("@root:1.parts");
    refused(root.saying(Arrays.asList("x", null))).hasMessageContaining("@root:1.words");
    refused(part("new").saying(Arrays.asList("x", null))).hasMessageContaining("@new.words");
    Map<BigDecimal, String> prices = new HashMap<>();
    prices.put(BigDecimal.ONE, null);
    refused(root.priced(prices)).hasMessageContaining("@root:1.prices");
  }

  @Test
  void keys_that_compare_as_equal() {
    refused(root.priced(Map.of(new BigDecimal("1.0"), "a", new BigDecimal("1.00"), "b")))
        .hasMessageContaining("@root:1.prices")
        .hasMessageContaining("1.00");
  }

  @Test
  void values_that_hold_themselves() {
    List<Twig> twigs = new ArrayList<>();
    twigs.add(new Twig(twigs));
    assertThatThrownBy(() -> repository.commit(new Nest(Identity.of(new Lineage("nest")), twigs)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("@nest.twigs is nested too deep, or in itself");
  }

  @Test
  void a_cycle_through_a_list_that_can_change() {
    List<Part> parts = new ArrayList<>();
    Part cycle = part("cycle").with(parts);
    parts.add(part("inner").with(List.of(cycle)));
    refused(cycle).hasMessageContaining("@cycle is at two places: the root and @inner.parts[0]");
    refused(root.with(List.of(a, cycle))).hasMessageContaining("@cycle is at two places");
    List<Part> again = new ArrayList<>();
    Part known = a.with(again);
    again.add(b.with(List.of(known)));
    refused(root.with(List.of(known))).hasMessageContaining("@a is at two places");
  }

  @Test
  void an_entity_below_itself() {
    refused(root.with(List.of(a.with(List.of(b.with(List.of(a)))))))
        .hasMessageContaining("@a is at two places: @root.parts[0] and @b.parts[0]");
    refused(root.with(List.of(root))).hasMessageContaining("@root is at two places");
  }

  @Test
  void a_shared_child() {
    Part shared = part("shared");
    refused(root.with(List.of(a, part("x", shared), part("y", shared))))
        .hasMessageContaining("@shared is at two places: @x.parts[0] and @y.parts[0]");
    refused(root.with(List.of(a, c))).hasMessageContaining("@b.parts[0] and @root.parts[1]");
    refused(root.with(List.of(a)).inside(b)).hasMessageContaining("@a.parts[0] and @root.inner");
    refused(root.loosely(Set.of(a))).hasMessageContaining("@root.parts[0]");
    refused(root.loosely(Set.of(part("x"), part("x").called("y"))))
        .hasMessageContaining("@x is at two places");
  }

  @Test
  void a_child_that_left_with_its_owner_and_is_also_elsewhere() {
    refused(root.with(List.of(c, b))).hasMessageContaining("@c is at two places");
    refused(root.with(List.of(b, c))).hasMessageContaining("@c is at two places");
    refused(root.with(List.of(part("x", c), part("y", b)))).hasMessageContaining("@c is at two");
    refused(root.with(List.of(c, b.called("other")))).hasMessageContaining("@c is at two places");
  }

  @Test
  void a_child_of_another_tree() {
    refused(part("other", a)).hasMessageContaining("@root.parts[0] and @other.parts[0]");
    refused(part("other", root)).hasMessageContaining("the root and @other.parts[0]");
    assertThatThrownBy(
            () -> repository.propose().put(part("x", part("y"))).put(part("z", part("y"))).commit())
        .isInstanceOf(Refused.class)
        .hasMessageContaining("@y is at two places: @x.parts[0] and @z.parts[0]");
    refused(a).hasMessageContaining("@a is at two places: @root.parts[0] and the root");
  }

  @Test
  void an_identity_of_another_repository() {
    Repository other = Repository.inMemory(InstantSource.system());
    Part foreign = other.commit(part("foreign", part("child")));
    refused(foreign).hasMessage("@foreign:1 is no version of this repository");
    refused(root.with(List.of(a, foreign.parts().getFirst())))
        .hasMessage("@child:1 is no version of this repository");
  }

  @Test
  void a_version_that_is_not_the_head() {
    assertThatThrownBy(() -> repository.commit(part("root").called("again")))
        .isInstanceOf(HeadMoved.class)
        .hasMessage("@root exists already");
    Part future =
        new Part(
            Identity.of(root.lineage(), 99),
            "",
            List.of(),
            Map.of(),
            Optional.empty(),
            List.of(a),
            Set.of(),
            Map.of());
    refused(future).hasMessage("@root:99 is no version of this repository");
  }

  @Test
  void a_tree_twice_or_put_and_ended_in_one_proposal() {
    assertThatThrownBy(() -> repository.propose().put(root).put(root.called("other")))
        .isInstanceOf(Refused.class)
        .hasMessage("@root:1 is put twice");
    assertThatThrownBy(
            () -> repository.propose().put(root.called("x")).end(root.lineage()).commit())
        .isInstanceOf(Refused.class)
        .hasMessage("@root cannot be both put and ended");
    assertThatThrownBy(() -> repository.propose().end(root.lineage()).put(root).commit())
        .isInstanceOf(Refused.class);
  }

  @Test
  void the_end_of_what_is_no_tree() {
    for (String name : List.of("a", "unknown")) {
      assertThatThrownBy(() -> repository.propose().end(new Lineage(name)).commit())
          .isInstanceOf(Refused.class)
          .hasMessage("@" + name + " is no tree of this repository");
    }
  }

  @Test
  void another_tree_as_the_next_version() {
    assertThatThrownBy(() -> repository.update(root.lineage(), Part.class, old -> part("other")))
        .isInstanceOf(Refused.class)
        .hasMessage("@root cannot become @other, which is another tree");
    assertThatThrownBy(() -> Diff.between(root, a)).isInstanceOf(Refused.class);
  }

  @Test
  void a_branch_that_there_is_not() {
    Branch branch = new Branch("draft~root");
    assertThatThrownBy(() -> repository.commit(root.called("x"), branch))
        .isInstanceOf(Refused.class)
        .hasMessage("@root has no branch draft");
    Version<?> unknown =
        new Version<>(
            root,
            Branch.MAIN,
            new Stamp(7, java.time.Instant.EPOCH, Cause.UNSTATED),
            java.util.OptionalLong.empty(),
            java.util.OptionalLong.empty());
    assertThatThrownBy(() -> repository.fork(unknown, "draft"))
        .isInstanceOf(Refused.class)
        .hasMessage("@root:7 is no version of this repository");
    assertThat(repository.branches(root.lineage())).isEmpty();
  }

  @Test
  void a_set_that_is_ordered_by_something_else_is_taken_as_a_set() {
    Repository other = Repository.inMemory(InstantSource.system());
    Elements<Part> byName =
        Elements.of(List.of(part("x").called("2"), part("y").called("1")), Part::name);
    Part kept = other.commit(part("set").loosely(byName));
    assertThat(kept.loose()).extracting(Part::name).containsExactly("2", "1");
    Part less = other.commit(kept.loosely(Set.of(part("y").called("1"))));
    assertThat(Diff.between(kept, less).removed()).containsExactly(new Lineage("x"));
  }
}
