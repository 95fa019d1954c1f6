package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Lines of versions that part and come together again, through the repository. */
class BranchTest {
  private static final Lineage ROOT = new Lineage("r");

  private final Repository repository = Repository.inMemory(InstantSource.system());

  @Test
  void a_commit_on_an_old_base_is_merged_if_it_asks_for_it() {
    Plant base = repository.commit(Sketch.plant("r[a b]"));
    Plant first = repository.commit(edited(base, "r[a=1 b]"));
    Commit second = merging(edited(base, "r[a b=2 c]"));
    assertThat(head(Branch.MAIN)).isEqualTo("r[a=1 b=2 c]");
    assertThat(second.heads().getFirst().base()).hasValue(first.id().version());
    assertThat(second.revisions())
        .extracting(revision -> revision.lineage().value())
        .containsExactlyInAnyOrder("r", "b", "c");
  }

  @Test
  void a_commit_that_says_what_the_head_says_makes_no_version() {
    Plant base = repository.commit(Sketch.plant("r[a b]"));
    repository.commit(edited(base, "r[b a=1]"));
    assertThat(merging(edited(base, "r[b a=1]")).isEmpty()).isTrue();
    assertThat(repository.versions(ROOT, Long.MAX_VALUE, 10)).hasSize(2);
  }

  @Test
  void a_commit_that_collides_leaves_all_as_it_was() {
    Plant base = repository.commit(Sketch.plant("r[a b]"));
    Plant head = repository.commit(edited(base, "r[a=1 b]"));
    assertThatThrownBy(() -> merging(edited(base, "r[a=2 b=2]")))
        .isInstanceOf(Conflicted.class)
        .hasMessage("both changed @a.value");
    assertThat(repository.head(ROOT).orElseThrow().root()).isSameAs(head);
    assertThat(repository.versions(ROOT, Long.MAX_VALUE, 10)).hasSize(2);
  }

  @Test
  void a_branch_is_merged_from_where_it_parted() {
    Plant base = repository.commit(Sketch.plant("r[a b]"));
    Branch draft = fork("draft");
    repository.commit(edited(base, "r[a=1 b]"));
    repository.commit(edited(base, "r[a b[x] n[y]]"), draft);
    Commit merged = repository.merge(ROOT, draft, Branch.MAIN, Cause.UNSTATED);
    assertThat(head(Branch.MAIN)).isEqualTo("r[a=1 b[x] n[y]]");
    assertThat(head(draft)).isEqualTo("r[a b[x] n[y]]");
    assertThat(merged.heads().getFirst().merged())
        .isEqualTo(OptionalLong.of(repository.head(ROOT, draft).orElseThrow().number()));
    assertThat(repository.latest(new Lineage("y"))).isPresent();
  }

  @Test
  void a_second_merge_starts_from_the_first() {
    Plant base = repository.commit(Sketch.plant("r[a b]"));
    Branch draft = fork("draft");
    Plant other = repository.commit(edited(base, "r[a=1 b n]"), draft);
    repository.commit(edited(base, "r[a b=1]"));
    repository.merge(ROOT, draft, Branch.MAIN, Cause.UNSTATED);
    repository.commit(edited(other, "r[b a=2 n=3]"), draft);
    Plant main = (Plant) repository.head(ROOT).orElseThrow().root();
    repository.commit(edited(main, "r[a=1 b=5 n[m]]"));
    repository.merge(ROOT, draft, Branch.MAIN, Cause.UNSTATED);
    assertThat(head(Branch.MAIN)).isEqualTo("r[b=5 a=2 n=3[m]]");
  }

  @Test
  void both_ways_bring_both_branches_to_the_same() {
    Plant base = repository.commit(Sketch.plant("r[a b c[d]]"));
    Branch draft = fork("draft");
    repository.commit(edited(base, "r[c[d] a b]"), draft);
    repository.commit(edited(base, "r[a b[d=1] c]"));
    repository.merge(ROOT, Branch.MAIN, draft, Cause.UNSTATED);
    repository.merge(ROOT, draft, Branch.MAIN, Cause.UNSTATED);
    assertThat(head(draft)).isEqualTo("r[c a b[d=1]]");
    assertThat(head(Branch.MAIN)).isEqualTo("r[c a b[d=1]]");
    assertThat(repository.merge(ROOT, draft, Branch.MAIN, Cause.UNSTATED).isEmpty()).isTrue();
  }

  @Test
  void what_collides_on_two_branches_is_named_and_neither_moves() {
    Plant base = repository.commit(Sketch.plant("r[a]"));
    Branch draft = fork("draft");
    repository.commit(edited(base, "r[a=1]"), draft);
    repository.commit(edited(base, "r"));
    assertThatThrownBy(() -> repository.merge(ROOT, draft, Branch.MAIN, Cause.UNSTATED))
        .isInstanceOf(Conflicted.class)
        .hasMessage("one removed, the other changed @a.value");
    assertThat(head(Branch.MAIN)).isEqualTo("r");
    assertThat(head(draft)).isEqualTo("r[a=1]");
  }

  private Commit merging(Plant root) {
    return repository.propose().put(root).with(Policy.MERGE).commit();
  }

  private Branch fork(String name) {
    return repository.fork(repository.head(ROOT).orElseThrow(), name);
  }

  private String head(Branch branch) {
    return Sketch.of((Plant) repository.head(ROOT, branch).orElseThrow().root()).toString();
  }

  /** Another content with the identities of a tree, as a program would make it from that. */
  private static Plant edited(Plant base, String text) {
    return Diff.between(base, Sketch.plant(text)).applyTo(base);
  }
}
