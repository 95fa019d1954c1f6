package dev.parley.personas.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something for a persona to remember.
 *
 * @param text what is so, without the name of whom it is about: "lives in Paris"
 * @param topic names what there is only one of at a time ("name", "home"): a newer statement with
 *     the same topic about the same somebody ends the older one
 * @param importance 0 to 1
 * @param about the id of the account or persona that it is about
 * @param saidBy the id of who said it
 * @param conversation where it was said; whoever may read that may be reminded of it
 * @param shared whether anybody may be reminded of it
 * @param messages the ids of the messages that it comes from
 * @param validUntil when it ceases to hold; empty while nobody knows
 */
public record Statement(
    String persona,
    String text,
    Kind kind,
    Optional<String> topic,
    double importance,
    Optional<String> about,
    Optional<String> saidBy,
    Optional<String> conversation,
    boolean shared,
    List<String> messages,
    Instant validFrom,
    Optional<Instant> validUntil) {

  static final int LONGEST = 1_000;

  /** The scope of what anybody may be reminded of. */
  static final String EVERYBODY = "";

  /**
   * Before whom it may be said: before everybody, whoever may read a conversation, or one account.
   */
  String scope() {
    return shared ? EVERYBODY : conversation.or(() -> saidBy).orElse(EVERYBODY);
  }

  /** The same, as somebody else says it. What only its teller may hear, that one may hear still. */
  Statement saidBy(String somebody, double newImportance) {
    return new Statement(
        persona,
        text,
        kind,
        topic,
        newImportance,
        about,
        scope().equals(saidBy.orElse("")) ? saidBy : Optional.of(somebody),
        conversation,
        shared,
        messages,
        validFrom,
        validUntil);
  }

  /** The same, but holding no longer than that. */
  Statement endingBy(Instant end) {
    return new Statement(
        persona,
        text,
        kind,
        topic,
        importance,
        about,
        saidBy,
        conversation,
        shared,
        messages,
        validFrom,
        Optional.of(validUntil.filter(end::isAfter).orElse(end)));
  }

  /** The same for statements that say the same of the same before the same. */
  String fingerprint() {
    String words = Words.plain(text).collect(Collectors.joining(" "));
    String said = about.orElse("") + ' ' + scope() + ' ' + (words.isEmpty() ? text : words);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(said.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }
}
