package dev.parley.personas;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What a brain is writing, told in drafts: the first piece at once, then whatever came together in
 * each pause. So there are at most as many drafts a second as there are pauses.
 */
final class Drafts implements Consumer<String> {
  private final Telling telling;
  private final Executor afterPause;
  private final StringBuilder untold = new StringBuilder();
  private int told;
  private boolean pausing;
  private boolean ended;

  /** Hears of drafts. */
  @FunctionalInterface
  interface Telling {
    /**
     * @param index 0, 1, 2 …
     * @param text what came since the draft before
     */
    void draft(int index, String text);
  }

  /**
   * @param afterPause runs what it is given when the pause is over
   */
  Drafts(Telling telling, Executor afterPause) {
    this.telling = telling;
    this.afterPause = afterPause;
  }

  @Override
  public synchronized void accept(String piece) {
    untold.append(piece);
    if (!pausing) {
      tell();
    }
  }

  private void tell() {
    if (ended || untold.isEmpty()) {
      return;
    }
    telling.draft(told++, untold.toString());
    untold.setLength(0);
    pausing = true;
    afterPause.execute(this::pauseIsOver);
  }

  private synchronized void pauseIsOver() {
    pausing = false;
    tell();
  }

  /** Tells no more: the message itself follows, or nothing. */
  synchronized void end() {
    ended = true;
  }
}
