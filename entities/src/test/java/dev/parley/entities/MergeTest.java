package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row: the base, ours, theirs, and what comes of it. See {@link Sketch} for the notation. */
class MergeTest {

  @ParameterizedTest
  @CsvSource({
    // values
    "r[a b],             r[a=1 b],           r[a b=2],           r[a=1 b=2]",
    "r[a],               r[a=1],             r[a=1],             r[a=1]",
    "r[a[b]],            r[a=1[b]],          r[a[b=2]],          r[a=1[b=2]]",
    // lists: theirs follows what it follows, behind what ours put there
    "r[a b],             r[x a b],           r[a b y],           r[x a b y]",
    "r[a b],             r[a x b],           r[a y b],           r[a x y b]",
    "r[a b],             r[a b x],           r[a b y z],         r[a b x y z]",
    "r,                  r[x],               r[y],               r[x y]",
    "r[a b c],           r[b c],             r[a x b c],         r[x b c]",
    "r[a b c],           r[a c],             r[a b x c],         r[a x c]",
    "r[a b c],           r[a c],             r[a b],             r[a]",
    "r[a b c],           r[a b],             r[a b],             r[a b]",
    "r[a b c d],         r[d a b c],         r[a x b c d],       r[d a x b c]",
    "r[a b c d],         r[b c d],           r[a d b c],         r[d b c]",
    "r[a b c d],         r[x a b c d=1],     r[d a b c],         r[x d=1 a b c]",
    "r[a b c],           r[a b c],           r[c a b],           r[c a b]",
    "r[a b c],           r[c a b],           r[c a b],           r[c a b]",
    "r[a b c],           r[c a b],           r[a b],             r[a b]",
    "r[a b c],           r[a b],             r[c a b],           r[a b]",
    // moves
    "r[a[x] b c],        r[a b[x] c],        r[a[x=1] b c],      r[a b[x=1] c]",
    "r[a[x] b c],        r[a b[x] c],        r[a b[x] c=1],      r[a b[x] c=1]",
    "r[a[x] b],          r[y a[x] b],        r[a b[x]],          r[y a b[x]]",
    "r[a[x y] b],        r[a b[x]],          r[a[y] b[x]],       r[a b[x]]",
    "r[a[x y z] b],      r[a[y z] b[x]],     r[a[y z x] b],      r[a[y z] b[x]]",
    "r[a[x y z] b],      r[a[y z x] b],      r[a[y z] b[x]],     r[a[y z] b[x]]",
    "r[a[b[c]]],         r[b[c] a],          r[a[b[c=1]]],       r[b[c=1] a]",
    "r[a[x]],            r[a[x=1]],          r[a[n[x]]],         r[a[n[x=1]]]",
    "r[a[x[y]]],         r[a[x[y=1]]],       r[a n[m[x[y]]]],    r[a n[m[x[y=1]]]]",
    "r[a[x]],            r[a[x]],            r[x],               r[x]",
    "r[a[x[y]]],         r[a[x[y=1]]],       r[x[y]],            r[x[y=1]]",
    "r[a[x] b],          r[a[x] b=1],        r[b]{k:x},          r[b=1]{k:x}",
    // maps, sets, single places
    "r{k:a},             r{k:a j:x},         r{k:a l:y},         r{j:x k:a l:y}",
    "r{k:a},             r{k:a=1},           r{l:a},             r{l:a=1}",
    "r{k:a},             r{k:x},             r,                  r{k:x}",
    "r<a>,               r<a x>,             r<a=1 y>,           r<a=1 x y>",
    "r<a b>,             r<a>,               r<b>,               r",
    "r?a,                r?a=1,              r[x]?a,             r[x]?a=1",
    "r,                  r?a,                r?a,                r?a",
    "r?a[b],             r[a[b]],            r?a[b=1],           r[a[b=1]]",
    // nested containers
    "r(k:[a b]),         r(k:[a=1 b]),       r(k:[b a] l:[x]),   r(k:[b a=1] l:[x])",
    "r(k:[a b]),         r(k:[b a] l:[x]),   r(k:[a=1 b]),       r(k:[b a=1] l:[x])",
    "r(k:[a b]),         r(k:[b a]),         r(k:[b a]),         r(k:[b a])",
    "r(k:[a]),           r(j:[a]),           r[x](k:[a]),        r[x](j:[a])",
    "r[a](k:[b]),        r[a=1](k:[b]),      r(k:[a b]),         r(k:[a=1 b])",
    // other types
    "r[a[b]],            r[a[b=1]],          r[a![b]],           r[a![b=1]]",
    "r[a[b c]],          r[a[b=1 c]],        r[a![x c b]],       r[a![x c b=1]]",
    "r[a b],             r[b a],             r[a! b],            r[b a!]",
    "r[a],               r[a!=1],            r[a!=1],            r[a!=1]",
    // both added the same
    "r,                  r[a=1],             r[a=1 b],           r[a=1 b]",
    "r,                  r[a[b]],            r[a[b]],            r[a[b]]",
  })
  void what_both_did_is_in_the_merged_tree(String base, String ours, String theirs, String merged) {
    Merge<Plant> merge = merge(base, ours, theirs);
    assertThat(merge.conflicts()).isEmpty();
    assertThat(Sketch.of(merge.merged())).hasToString(merged);
  }

  @ParameterizedTest
  @CsvSource({
    "r[a],           r[a=1],         r[a=2],         both changed @a.value",
    "r=1,            r=2,            r=3,            both changed @r.value",
    "'r[a b]',       r[b],           'r[a=1 b]',     'one removed, the other changed @a.value'",
    "'r[a b]',       r[b],           'r[b[a]]',      'one removed, the other changed @a'",
    "'r[a b]',       r[b],           'r[a[x] b]',    'one removed, the other changed @a.list'",
    "'r[a b[x]]',    'r[b[x]]',      'r[a[x] b]',    'one removed, the other changed @a.list'",
    "'r[a[x] b]',    'r[b]',         'r[a b[x]]',    'one removed, the other changed @x'",
    "'r[a[b[c]]]',   'r',            'r[a[b[c=1]]]', 'one removed, the other changed @c.value'",
    "'r[a(k:[x y])]','r',            'r[a(k:[y x])]','one removed, the other changed @a.lanes'",
    "'r[a b c[x]]',  'r[a[x] b c]',  'r[a b[x] c]',  both moved @x",
    "'r[a b c]',     'r[c a b]',     'r[a c b]',     both moved @c",
    "'r{k:a}',       'r{l:a}',       'r{m:a}',       both moved @a",
    "'r',            'r{k:a}',       'r{k:b}',       'both put something at @r.map[\"k\"]'",
    "'r[a]',         'r?a',          'r[a]?b',       both put something at @r.maybe",
    "'r',            'r[a=1]',       'r[a=2]',       'both added, differently, @a'",
    "'r[b]',         'r[b a]',       'r[b[a]]',      'both added, differently, @a'",
    "'r[a b]',       'r[a[b]]',      'r[b[a]]',      together the moves would put into itself @a",
    "'r[a[b] c[d]]', 'r[a[b[c[d]]]]','r[c[d[a[b]]]]',together the moves would put into itself @a",
    "'r(k:[a b])',   'r(k:[b a])',   'r(k:[a])',     both rearranged @r.lanes",
    "'r(k:[a])',     'r(k:[a b])',   'r(k:[a c])',   both rearranged @r.lanes",
    "'r[a]',         'r[a!=1]',      'r[a!=2]',      both made another type of @a",
    "'r[a]',         'r[a!]',        'r[a=1]',"
        + "'one made another type of, the other changed @a.value'",
    "'r[a]',         'r[a!]',        'r[a[x]]',"
        + "'one made another type of, the other changed @a.list'",
    "'r[a[x]]',      'r[a![x]]',     'r[a]',"
        + "'one made another type of, the other changed @a.list'",
    "'r[a]',         'r',            'r[a!]',        'one removed, the other changed @a'",
  })
  void what_cannot_both_be_is_a_named_conflict_from_either_side(
      String base, String ours, String theirs, String conflict) {
    Merge<Plant> merge = merge(base, ours, theirs);
    assertThat(merge.conflicts()).extracting(Conflict::toString).containsExactly(conflict);
    assertThat(Sketch.of(merge.merged())).hasToString(Sketch.parse(ours).toString());
    assertThat(swapped(merge(base, theirs, ours))).isEqualTo(Set.copyOf(merge.conflicts()));
    assertThatThrownBy(merge::orConflicted).isInstanceOf(Conflicted.class).hasMessage(conflict);
  }

  @Test
  void every_conflict_is_told_with_what_both_did() {
    Merge<Plant> merge = merge("r[a b c[x]]", "r[a=1 c{k:x}]", "r[a=2 b=1 c?x]");
    assertThat(merge.conflicts())
        .extracting(Conflict::reason)
        .containsExactlyInAnyOrder(
            Conflict.Reason.BOTH_MODIFIED,
            Conflict.Reason.REMOVED_AND_CHANGED,
            Conflict.Reason.BOTH_MOVED);
    Conflict first = merge.conflicts().getFirst();
    assertThat(first.ours()).isEqualTo(new Change.Modified(new Lineage("a"), "value", 0, 1));
    assertThat(first.theirs()).isEqualTo(new Change.Modified(new Lineage("a"), "value", 0, 2));
  }

  @Test
  void other_trees_are_refused() {
    assertThatThrownBy(() -> merge("r", "r", "q"))
        .isInstanceOf(Refused.class)
        .hasMessage("@r and @q are not versions of one entity");
  }

  @Test
  void what_neither_touched_is_shared_with_ours() {
    Plant.Twig base = (Plant.Twig) Sketch.plant("r[a[x] b[y] c[z]]");
    Plant.Twig ours = with(base, 0, Sketch.plant("a=1[x]"));
    Plant.Twig theirs = with(base, 1, Sketch.plant("b=1[y]"));
    Plant.Twig merged = (Plant.Twig) Merge.of(base, (Plant) ours, theirs).orConflicted();
    assertThat(merged.list().get(0)).isSameAs(ours.list().get(0));
    assertThat(merged.list().get(2)).isSameAs(base.list().get(2));
    assertThat(Sketch.of(merged)).hasToString("r[a=1[x] b=1[y] c[z]]");
  }

  @Test
  void a_deep_tree_merges() {
    Plant base = chain(10_000, 0, 0);
    Plant ours = chain(10_000, 1, 0);
    Plant theirs = chain(10_000, 0, 1);
    Plant merged = Merge.of(base, ours, theirs).orConflicted();
    assertThat(Diff.between(merged, chain(10_000, 1, 1)).isEmpty()).isTrue();
  }

  private static Plant chain(int levels, int first, int last) {
    Plant node = Sketch.plant("n0=" + last);
    for (int i = 1; i < levels; i++) {
      node = new Plant.Bud(Grid.id("n" + i), 0, List.of(node));
    }
    return new Plant.Bud(Grid.id("top"), first, List.of(node));
  }

  private static Plant.Twig with(Plant.Twig twig, int index, Plant child) {
    return new Plant.Twig(
        twig.id(),
        twig.value(),
        Sequence.copyOf(twig.list()).with(index, child),
        twig.map(),
        twig.set(),
        twig.maybe(),
        twig.lanes());
  }

  private static Merge<Plant> merge(String base, String ours, String theirs) {
    return Merge.of(Sketch.plant(base), Sketch.plant(ours), Sketch.plant(theirs));
  }

  private static Set<Conflict> swapped(Merge<Plant> merge) {
    return merge.conflicts().stream().map(Conflict::swapped).collect(Collectors.toSet());
  }
}
