package dev.parley.functions;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Which call or commit led, through the handlers of its events, to which. */
record Chain(@Nullable Chain before, String link, int depth) {
  /** What led to what this thread does; bound while a handler runs. */
  static final ScopedValue<Chain> CURRENT = ScopedValue.newInstance();

  private static final Chain NOTHING = new Chain(null, "", 0);

  /** Whether this thread does what a handler asked for. */
  static boolean isHandling() {
    return CURRENT.isBound();
  }

  static Chain current() {
    return CURRENT.orElse(NOTHING);
  }

  /** Work for another thread that is still part of what led here. */
  static Runnable carrying(Runnable work) {
    return isHandling() ? current().carry(work) : work;
  }

  private Runnable carry(Runnable work) {
    return () -> ScopedValue.where(CURRENT, this).run(work);
  }

  /**
   * @throws Looping if the chain is too long for another link
   */
  Chain then(String next, int longest) {
    Chain longer = new Chain(this, next, depth + 1);
    if (depth >= longest) {
      throw new Looping(longest, longer.toString());
    }
    return longer;
  }

  @Override
  public String toString() {
    Deque<String> links = new ArrayDeque<>();
    for (Chain chain = this; chain != null && chain.depth > 0; chain = chain.before) {
      links.push(chain.link);
    }
    return String.join(" → ", links);
  }
}
