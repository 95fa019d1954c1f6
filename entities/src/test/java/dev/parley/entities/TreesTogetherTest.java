package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several trees in one commit: a child becomes a root, a root a child, and moves between trees. */
class TreesTogetherTest {
  record Part(Identity id, String name, List<Part> parts) implements Entity {
    Part with(Part... others) {
      return new Part(id, name, List.of(others));
    }

    Part called(String other) {
      return new Part(id, other, parts);
    }
  }

  private final Repository repository = Repository.inMemory(InstantSource.system());
  private Part a = part("a", part("x", part("deep")));
  private Part b = part("b");
  private Part x = part("x");

  private static Part part(String name, Part... parts) {
    return new Part(Identity.of(new Lineage(name)), name, List.of(parts));
  }

  @BeforeEach
  void keep_two_trees() {
    a = repository.commit(a);
    b = repository.commit(b);
    x = a.parts().getFirst();
  }

  private Part head(String name) {
    return (Part) repository.head(new Lineage(name)).orElseThrow().root();
  }

  private List<Revision.Act> acts(String name) {
    return repository.history(new Lineage(name), Long.MAX_VALUE, 10).stream()
        .map(Revision::act)
        .toList();
  }

  @Test
  void a_child_moves_to_another_tree_and_keeps_its_history() {
    Commit commit = repository.propose().put(a.with()).put(b.with(x)).commit();
    assertThat(commit.heads()).hasSize(2);
    assertThat(head("a").parts()).isEmpty();
    assertThat(head("b").parts().getFirst()).isSameAs(x);
    assertThat(head("a").id().version()).isEqualTo(head("b").id().version());
    assertThat(acts("x")).containsExactly(Revision.Act.MOVED, Revision.Act.CREATED);
    assertThat(acts("deep")).containsExactly(Revision.Act.CREATED);
    assertThat(repository.way(new Lineage("deep"), Branch.MAIN, commit.stamp().version()))
        .extracting(r -> r.lineage().value())
        .containsExactly("b", "x", "deep");
    assertThat(repository.way(new Lineage("deep"), Branch.MAIN, 1))
        .extracting(r -> r.lineage().value())
        .containsExactly("a", "x", "deep");
  }

  @Test
  void a_move_between_trees_is_kept_in_both_or_in_none() {
    Proposal late = repository.propose().put(a.with()).put(b.with(x));
    Commit prepared = late.prepare();
    repository.commit(b.called("other"));
    assertThatThrownBy(() -> repository.keep(prepared))
        .isInstanceOf(HeadMoved.class)
        .hasMessage("@b:2 is not the newest version; that is 4");
    assertThatThrownBy(late::commit).isInstanceOf(HeadMoved.class);
    assertThat(head("a")).isSameAs(a);
    assertThat(head("b").parts()).isEmpty();
    assertThat(acts("x")).containsExactly(Revision.Act.CREATED);
    assertThat(repository.latest(x.lineage())).containsSame(x);
  }

  @Test
  void a_child_becomes_a_root() {
    repository.propose().put(a.with()).put(x.called("free")).commit();
    assertThat(head("x").name()).isEqualTo("free");
    assertThat(head("x").parts().getFirst()).isSameAs(x.parts().getFirst());
    assertThat(acts("x")).containsExactly(Revision.Act.MOVED, Revision.Act.CREATED);
    assertThat(repository.latest(x.lineage())).containsSame(head("x"));
    repository.commit(head("x").called("freer"));
    assertThat(repository.versions(x.lineage(), Long.MAX_VALUE, 10)).hasSize(2);
  }

  @Test
  void a_root_becomes_a_child_and_its_tree_ends() {
    Commit commit = repository.propose().put(a.with(x, b)).end(b.lineage()).commit();
    assertThat(repository.head(b.lineage())).isEmpty();
    assertThat(head("a").parts().get(1)).isSameAs(b);
    assertThat(acts("b")).containsExactly(Revision.Act.MOVED, Revision.Act.CREATED);
    assertThat(commit.root(b.lineage())).isEmpty();
    assertThat(repository.versions(b.lineage(), Long.MAX_VALUE, 10)).hasSize(1);
    assertThatThrownBy(() -> repository.commit(b.called("stale"))).isInstanceOf(Refused.class);
  }

  @Test
  void a_root_that_changed_since_is_not_put_over() {
    repository.commit(b.called("newer"));
    assertThatThrownBy(() -> repository.propose().put(a.with(x, b)).end(b.lineage()).commit())
        .isInstanceOf(HeadMoved.class)
        .hasMessage("@b:2 is not the newest version; that is 3");
    assertThat(head("b").name()).isEqualTo("newer");
    assertThat(head("a")).isSameAs(a);
  }

  @Test
  void a_child_that_changed_since_does_not_become_a_root_as_it_was() {
    Part newer = repository.commit(a.with(x.called("newer")));
    assertThatThrownBy(() -> repository.propose().put(newer.with()).put(x.called("old")).commit())
        .isInstanceOf(HeadMoved.class)
        .hasMessageStartingWith("@x:1 is not the newest version; that is ");
    assertThat(head("a")).isSameAs(newer);
    assertThat(repository.head(x.lineage())).isEmpty();
  }

  @Test
  void a_tree_that_ended_does_not_come_back_by_a_stale_commit() {
    repository.propose().end(b.lineage()).commit();
    assertThatThrownBy(() -> repository.commit(b.called("stale")))
        .isInstanceOf(HeadMoved.class)
        .hasMessage("@b:2 is not the newest version");
    assertThat(repository.head(b.lineage())).isEmpty();
    assertThat(repository.latest(b.lineage())).isEmpty();
    Part again = repository.commit(part("b").called("again"));
    assertThat(acts("b"))
        .containsExactly(Revision.Act.CREATED, Revision.Act.REMOVED, Revision.Act.CREATED);
    assertThat(repository.latest(b.lineage())).containsSame(again);
  }

  @Test
  void a_removed_child_comes_back_as_it_was() {
    Part without = repository.commit(a.with());
    assertThat(repository.latest(new Lineage("deep"))).isEmpty();
    Part with = repository.commit(Diff.between(a, without).inverse().applyTo(without));
    assertThat(with.parts().getFirst().parts().getFirst().name()).isEqualTo("deep");
    assertThat(acts("deep"))
        .containsExactly(Revision.Act.CREATED, Revision.Act.REMOVED, Revision.Act.CREATED);
  }

  @Test
  void two_trees_that_take_in_the_same_removed_child_at_once_do_not_both_get_it() {
    a = repository.commit(a.with());
    Commit one = repository.propose().put(a.with(x)).prepare();
    Commit other = repository.propose().put(b.with(x)).prepare();
    repository.keep(one);
    assertThatThrownBy(() -> repository.keep(other)).isInstanceOf(HeadMoved.class);
    assertThat(head("b").parts()).isEmpty();
    assertThatThrownBy(() -> repository.commit(b.with(x)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("@x is at two places: @a.parts[0] and @b.parts[0]");
  }

  @Test
  void what_exists_already_is_not_merged_again_and_again() {
    Proposal proposal = repository.propose().with(Policy.MERGE).put(part("a").called("other"));
    assertThatThrownBy(proposal::commit)
        .isInstanceOf(HeadMoved.class)
        .hasMessage("@a exists already");
  }

  @Test
  void trees_exchange_their_children() {
    Part y = part("y");
    b = repository.commit(b.with(y));
    y = b.parts().getFirst();
    repository.propose().put(a.with(y)).put(b.with(x.called("moved"))).commit();
    assertThat(head("a").parts().getFirst()).isSameAs(y);
    assertThat(head("b").parts().getFirst().name()).isEqualTo("moved");
    assertThat(acts("y")).startsWith(Revision.Act.MOVED);
    assertThat(acts("x")).startsWith(Revision.Act.MOVED);
  }

  @Test
  void what_is_put_as_it_was_makes_no_version() {
    Commit commit = repository.propose().put(a).put(b.called("new")).commit();
    assertThat(commit.heads()).hasSize(1);
    assertThat(head("a")).isSameAs(a);
    assertThat(repository.propose().put(a).commit().isEmpty()).isTrue();
    assertThat(commit.root(a.lineage())).isEqualTo(Optional.empty());
  }
}
