package dev.parley.personas;

import dev.parley.wire.Actor;
import java.util.Optional;

/** How many tokens of a brain's window are left, and what is cut to fit. */
final class Budget {
  /** What a model adds to each message for its role, at most. */
  static final int OF_A_ROLE = 4;

  private int left;

  Budget(int tokens) {
    this.left = tokens;
  }

  int left() {
    return Math.max(0, left);
  }

  /** Takes a part, its end cut off where it is longer than allowed or than what is left. */
  Part take(
      Part.Kind kind, Optional<Actor> speaker, Optional<String> source, String text, int most) {
    int whole = Tokens.count(text);
    int room = Math.max(0, Math.min(most, left - OF_A_ROLE));
    String kept = whole <= room ? text : Tokens.beginning(text, room);
    int tokens = whole <= room ? whole : Tokens.count(kept);
    left -= tokens + OF_A_ROLE;
    return new Part(kind, speaker, source, kept, tokens, whole - tokens);
  }

  /** Takes a part if all of it fits. */
  Optional<Part> takeWhole(
      Part.Kind kind, Optional<Actor> speaker, Optional<String> source, String text, int most) {
    int whole = Tokens.count(text);
    if (whole > Math.min(most, left - OF_A_ROLE)) {
      return Optional.empty();
    }
    left -= whole + OF_A_ROLE;
    return Optional.of(new Part(kind, speaker, source, text, whole, 0));
  }
}
