package dev.parley.entities;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;

/**
 * One list of ours, with what theirs takes out of it and puts into it: what comes follows the
 * nearest element before it in theirs that the merged list has, and what ours put behind that one.
 */
final class ListMerge {
  /** Where an element of theirs' list is in ours, if it is. */
  interface Lookup {
    OptionalInt inOurs(Lineage lineage, int indexInTheirs);
  }

  private record Coming(Lineage lineage, int anchor) {}

  private final int[] gone;
  private final int[] anchors;
  private final Map<Lineage, Integer> ranks = new HashMap<>();

  /**
   * @param theirs the whole list
   * @param come what theirs puts in, by its index in theirs
   * @param gone what theirs takes out, by ascending index in ours
   * @param ownCome the indexes of what ours put in
   */
  ListMerge(
      List<Object> theirs,
      SortedMap<Integer, Lineage> come,
      int[] gone,
      Set<Integer> ownCome,
      Lookup lookup) {
    this.gone = gone;
    List<Coming> coming = new ArrayList<>();
    Map<Lineage, Integer> known = new HashMap<>();
    come.forEach((index, lineage) -> {
      int anchor = anchor(theirs, index, known, ownCome, lookup);
      known.put(lineage, anchor);
      coming.add(new Coming(lineage, anchor));
    });
    coming.sort(Comparator.comparingInt(Coming::anchor));
    this.anchors = coming.stream().mapToInt(Coming::anchor).toArray();
    for (int i = 0; i < anchors.length; i++) {
      ranks.put(coming.get(i).lineage(), i);
    }
  }

  /** The index in ours that an element comes after; -1 if it comes first. */
  private static int anchor(
      List<Object> theirs,
      int index,
      Map<Lineage, Integer> known,
      Set<Integer> ownCome,
      Lookup lookup) {
    for (int i = index - 1; i >= 0; i--) {
      Lineage before = ((Entity) theirs.get(i)).lineage();
      Integer anchor = known.get(before);
      if (anchor != null) {
        return anchor;
      }
      OptionalInt found = lookup.inOurs(before, i);
      if (found.isPresent()) {
        return afterOwn(found.getAsInt(), ownCome);
      }
    }
    return afterOwn(-1, ownCome);
  }

  private static int afterOwn(int index, Set<Integer> ownCome) {
    int last = index;
    while (ownCome.contains(last + 1)) {
      last++;
    }
    return last;
  }

  /** Where an element that stays is in the merged list, by its index in ours. */
  int ofOurs(int index) {
    return index - Shift.below(gone, index) + Shift.below(anchors, index);
  }

  /** Where an element that comes is in the merged list. */
  int ofComing(Lineage lineage) {
    int rank = ranks.getOrDefault(lineage, -1);
    int next = anchors[rank] + 1;
    return rank + next - Shift.below(gone, next);
  }
}
