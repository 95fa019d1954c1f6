package dev.parley.personas.memory;

import dev.parley.accounts.Person;
import dev.parley.store.Store;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** What comes to a persona's mind when it is asked something. */
public final class Recall {
  private static final int MOST_PARTS = 12;
  private static final int MOST_WORDS = 24;
  private static final int CANDIDATES = 100;
  private static final int LOOKED_AT = 5_000;
  private static final int LONGEST = 2_000;
  private static final Pattern PART =
      Pattern.compile(
          "[.?!;\\n]+|(?:,\\s*(?:and\\s+|but\\s+)?|\\s+and\\s+)(?=(?:what|where|who|when|which|how"
              + "|why|do|does|did|is|are|am|can|i|my)\\b)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SELFISH =
      Pattern.compile("\\b(?:i|my|mine|myself|about me)\\b", Pattern.CASE_INSENSITIVE);

  private final Store store;
  private final InstantSource clock;
  private final FullText fullText;
  private final Indexes indexes;
  private final Placing placing;
  private final Uses uses;

  Recall(Draft.Desk desk, Uses uses) {
    this.store = desk.store();
    this.clock = desk.clock();
    this.fullText = desk.fullText();
    this.indexes = desk.indexes();
    this.placing = desk.placing();
    this.uses = uses;
  }

  /**
   * A question to a persona.
   *
   * @param persona the id of whose memory it is
   * @param asker the id of who is answered
   * @param conversation where it is answered: nothing comes up that somebody there may not hear;
   *     empty if only the asker hears it
   * @param text what is asked
   * @param limit the most memories that are wanted
   * @param moment of when
   */
  public record Question(
      String persona,
      String asker,
      Optional<String> conversation,
      String text,
      int limit,
      Moment moment) {

    Audible audible() {
      return new Audible(persona, asker, conversation);
    }
  }

  /**
   * Recalls what may be said there, the best first, and counts it as used; nothing if nothing fits.
   */
  public List<Recalled> of(Question question) {
    List<Recalled> found = among(question, question.audible()::tags);
    uses.count(found.stream().map(one -> one.memory().id()).toList());
    return found;
  }

  /** Looks among what bears one of the tags, and counts nothing. */
  List<Recalled> among(Question question, Function<Handle, Set<String>> tags) {
    String text = question.text().substring(0, Math.min(LONGEST, question.text().length()));
    PersonaIndex index = indexes.of(question.persona());
    List<Ranking.Part> parts = parts(text, index);
    Optional<byte[]> place =
        parts.stream().allMatch(part -> part.weights().isEmpty())
            ? Optional.empty()
            : placing.of(text);
    return store.read(handle -> {
      Set<String> self = Set.copyOf(Person.own(handle, question.asker()));
      Ranking.Asked asked = new Ranking.Asked(self, parts, named(handle, text), place);
      Set<String> allowed = tags.apply(handle);
      Set<Long> numbers = new HashSet<>(byWords(handle, question, asked, allowed, index));
      place.ifPresent(
          mine -> numbers.addAll(index.nearest(mine, allowed, question.moment(), CANDIDATES)));
      return new Ranking(asked, clock.millis())
          .best(candidates(handle, numbers, question.moment()), question.limit());
    });
  }

  private static List<Ranking.Part> parts(String text, PersonaIndex index) {
    return PART.splitAsStream(text)
        .limit(MOST_PARTS)
        .map(part -> {
          Map<String, Double> weights = new LinkedHashMap<>();
          Words.of(part, MOST_WORDS).forEach(word -> weights.put(word, index.weight(word)));
          return new Ranking.Part(weights, SELFISH.matcher(part).find());
        })
        .toList();
  }

  private List<Long> byWords(
      Handle handle,
      Question question,
      Ranking.Asked asked,
      Set<String> allowed,
      PersonaIndex index) {
    Map<String, Double> weights = new HashMap<>();
    asked.parts().forEach(part -> weights.putAll(part.weights()));
    List<Long> found =
        fullText.find(
            handle,
            new FullText.Query(
                question.persona(),
                index.rarest(weights.keySet(), LOOKED_AT),
                asked.named().keySet().containsAll(weights.keySet()) ? about(asked) : Set.of(),
                allowed,
                LOOKED_AT));
    return index.fittest(found, weights, question.moment(), CANDIDATES);
  }

  /** Whom a question is about that has no word besides. */
  private static Set<String> about(Ranking.Asked asked) {
    Set<String> about = new HashSet<>(asked.named().values());
    if (asked.parts().stream().anyMatch(Ranking.Part::selfish)) {
      about.addAll(asked.self());
    }
    return about;
  }

  /** Whom a question names: stems of its words that are names of actors, with their ids. */
  private static Map<String, String> named(Handle handle, String text) {
    List<String> words = Words.plain(text).distinct().limit(MOST_PARTS * MOST_WORDS).toList();
    Map<String, String> named = new HashMap<>();
    if (!words.isEmpty()) {
      handle
          .createQuery("SELECT name_key, id FROM actors WHERE name_key IN (<words>)")
          .bindList("words", words)
          .map((row, context) -> Map.entry(Words.stem(row.getString(1)), row.getString(2)))
          .forEach(one -> named.put(one.getKey(), one.getValue()));
    }
    return named;
  }

  private List<Ranking.Candidate> candidates(Handle handle, Set<Long> numbers, Moment moment) {
    if (numbers.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(Memory.SELECT + " WHERE m.number IN (<numbers>) AND " + Moment.BELIEVED)
        .bindList("numbers", List.copyOf(numbers))
        .bind("asOf", moment.asOf())
        .bind("validAt", moment.validAt())
        .map((row, context) ->
            new Ranking.Candidate(Memory.of(row), Optional.ofNullable(row.getBytes(Memory.VECTOR))))
        .list();
  }
}
