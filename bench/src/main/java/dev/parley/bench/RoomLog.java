package dev.parley.bench;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Which message stands at which {@code seq} of a room, according to whoever heard of it first:
 * everybody after that, receivers and the acknowledged sender alike, must agree. Together with an
 * unbroken {@link Order} at every reader this shows that each acknowledged message arrived exactly
 * once everywhere. Safe for all threads.
 */
final class RoomLog {
  private static final int PAGE = 1 << 14;
  private static final int PAGES = 1 << 14;

  private final AtomicReferenceArray<AtomicIntegerArray> pages = new AtomicReferenceArray<>(PAGES);

  /** Whether {@code number} is what stands at {@code seq}; the first to ask decides. */
  boolean agrees(long seq, long number) {
    AtomicIntegerArray page = page((int) (seq / PAGE));
    int slot = (int) (seq % PAGE);
    int claim = (int) number + 1;
    int known = page.get(slot);
    return known == claim || (known == 0 && claims(page, slot, claim));
  }

  private static boolean claims(AtomicIntegerArray page, int slot, int claim) {
    int known = page.compareAndExchange(slot, 0, claim);
    return known == 0 || known == claim;
  }

  private AtomicIntegerArray page(int index) {
    AtomicIntegerArray page = pages.get(index);
    if (page != null) {
      return page;
    }
    AtomicIntegerArray made = new AtomicIntegerArray(PAGE);
    AtomicIntegerArray other = pages.compareAndExchange(index, null, made);
    return other == null ? made : other;
  }
}
