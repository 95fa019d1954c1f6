package dev.parley.conversations.emotion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What English words are known to feel like, and by them what a text does. Immutable. What is known
 * is read from two files of the server when the first text is.
 */
public final class Lexicon {
  private static final Lexicon ENGLISH = new Lexicon();

  private Lexicon() {}

  /** The one that comes with the server. */
  public static Lexicon english() {
    return ENGLISH;
  }

  /** Made by the class loader when it is first asked for, once, whoever asks. */
  private static final class Known {
    static final Map<String, Double> VALENCES = valences();
    static final Map<String, Set<Emotion>> EMOTIONS = emotions();

    private Known() {}
  }

  private static Map<String, Double> valences() {
    Map<String, Double> valences = new HashMap<>(16_384);
    lines("valences.txt")
        .forEach(line -> {
          int space = line.lastIndexOf(' ');
          valences.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
    return Map.copyOf(valences);
  }

  private static Map<String, Set<Emotion>> emotions() {
    Map<String, Set<Emotion>> emotions = new HashMap<>(1_024);
    lines("emotions.txt")
        .forEach(line -> {
          int colon = line.indexOf(':');
          Emotion emotion = Emotion.valueOf(line.substring(0, colon).toUpperCase(Locale.ROOT));
          Arrays.stream(line.substring(colon + 2).split(" "))
              .forEach(word ->
                  emotions
                      .computeIfAbsent(word, key -> EnumSet.noneOf(Emotion.class))
                      .add(emotion));
        });
    return Map.copyOf(emotions);
  }

  private static Stream<String> lines(String file) {
    try (InputStream in = Lexicon.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("# ") && !line.equals("#"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Reads a text. The same text has the same result wherever and whenever it is read. */
  public Feeling read(String text) {
    return new Reading(this, text).feeling();
  }

  /** Between -4 and 4; empty for a word that is not known. */
  Optional<Double> valence(String word) {
    return Optional.ofNullable(Known.VALENCES.get(word));
  }

  Set<Emotion> emotions(String word) {
    return Known.EMOTIONS.getOrDefault(word, Set.of());
  }
}
