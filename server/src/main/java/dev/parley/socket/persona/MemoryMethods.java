package dev.parley.socket.persona;

import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What personas remember, of what whoever asks may see. */
final class MemoryMethods {
  private static final int MOST_FOUND = 100;
  private static final Set<String> KINDS = Set.of("fact", "preference", "event", "note");

  static final List<Method<?>> ALL =
      List.of(
          Method.of("persona.memory", Recall.class, MemoryMethods::recall),
          Method.of("memory.search", Search.class, MemoryMethods::search),
          Method.of("memory.store", Store.class, MemoryMethods::store),
          Method.of("memory.stats", Method.Perhaps.class, MemoryMethods::stats),
          Method.of("memory.search_cross_persona", Across.class, MemoryMethods::across),
          Method.of("memory.shared_stats", Method.Nothing.class, MemoryMethods::shared));

  private MemoryMethods() {}

  /** A memory as the dialect shows it. */
  record Shown(
      String id,
      String content,
      String memoryType,
      double importance,
      Optional<Double> emotionalValence,
      List<String> relatedPersonas,
      String visibility,
      String createdAt,
      long accessedCount,
      Optional<Double> similarity) {
    private static Shown of(JsonNode memory, Optional<Double> similarity) {
      JsonNode about = memory.path("about");
      return new Shown(
          memory.path("id").stringValue(),
          memory.path("text").stringValue(),
          memory.path("kind").stringValue(),
          memory.path("importance").doubleValue(),
          Optional.empty(),
          about.path("kind").asString("").equals("persona")
              ? List.of(about.path("id").stringValue())
              : List.of(),
          isShared(memory) ? "shared" : "private",
          memory.path("learntAt").stringValue(),
          memory.path("uses").longValue(),
          similarity);
    }

    private static Shown found(JsonNode hit) {
      return of(hit.path("memory"), Optional.of(hit.path("score").doubleValue()));
    }

    private static boolean isShared(JsonNode memory) {
      return memory.path("shared").booleanValue();
    }
  }

  record Recall(
      @Text(max = 2_000) Optional<String> query,
      @Range(min = 1, max = MOST_FOUND) Optional<Integer> limit) {}

  record Recalled(List<Shown> memories, String query, int totalFound) {}

  record Search(
      @Text(min = 1, max = 2_000) String query,
      @Text(min = 1, max = 64) Optional<String> personaId,
      @Range(min = 1, max = MOST_FOUND) Optional<Integer> nResults,
      @Text(min = 1, max = 40) Optional<String> memoryType,
      Optional<Double> minImportance) {}

  record Found(List<Shown> memories, String query, int resultCount) {}

  /** Who may be reminded of it. */
  enum Visibility {
    PRIVATE,
    SHARED,
    PUBLIC
  }

  record Store(
      @Text(min = 1, max = 1_000) String content,
      @Text(min = 1, max = 64) Optional<String> personaId,
      @Text(min = 1, max = 40) Optional<String> memoryType,
      Optional<Double> importance,
      Optional<Double> emotionalValence,
      @Size(max = 20) @Text(min = 1, max = 64) Optional<List<String>> relatedPersonas,
      Optional<Visibility> visibility,
      Optional<JsonNode> metadata) {}

  /**
   * @param notKept what was given and has no place here
   */
  record Stored(String memoryId, boolean stored, String memoryType, List<String> notKept) {}

  record Across(
      @Text(min = 1, max = 2_000) String query,
      @Text(min = 1, max = 64) Optional<String> personaId,
      @Range(min = 1, max = 50) Optional<Integer> nResults,
      Optional<Double> minImportance,
      Optional<Boolean> includeShared,
      Optional<Boolean> includePublic) {}

  record FoundAcross(
      String requestingPersona,
      String query,
      List<Foreign> memories,
      int totalResults,
      Asked searchParams) {}

  record Foreign(
      String memoryId,
      String content,
      Optional<Double> similarity,
      double importance,
      String memoryType,
      String createdAt,
      String visibility,
      String source,
      String sourcePersona) {}

  record Asked(double minImportance, boolean includeShared, boolean includePublic) {}

  record SharedStats(Shares sharedMemoryStatistics, Instant timestamp) {}

  record Shares(long totalMemories, long totalShared) {}

  private static Recalled recall(Visit visit, Recall input) {
    Persona persona = visit.stay().requireSelected().persona();
    String query = input.query().orElse("");
    int limit = input.limit().orElse(5);
    List<Shown> found =
        query.isBlank() ? newest(visit, persona, limit) : find(visit, persona, query, limit);
    return new Recalled(found, query, found.size());
  }

  private static List<Shown> newest(Visit visit, Persona persona, int limit) {
    return visit
        .call("memories.list", Map.of("persona", persona.id(), "limit", limit))
        .path("items")
        .valueStream()
        .map(memory -> Shown.of(memory, Optional.empty()))
        .toList();
  }

  private static List<Shown> find(Visit visit, Persona persona, String query, int limit) {
    return visit
        .call("memories.search", Map.of("persona", persona.id(), "text", query, "limit", limit))
        .path("items")
        .valueStream()
        .map(Shown::found)
        .toList();
  }

  private static Found search(Visit visit, Search input) {
    double least = share("min_importance", input.minImportance(), 0);
    List<Shown> found =
        find(visit, visit.persona(input.personaId()), input.query(), MOST_FOUND).stream()
            .filter(memory -> memory.importance() >= least)
            .filter(memory -> input.memoryType().map(memory.memoryType()::equals).orElse(true))
            .limit(input.nResults().orElse(5))
            .toList();
    return new Found(found, input.query(), found.size());
  }

  /** A number from 0 to 1. */
  private static double share(String field, Optional<Double> given, double usual) {
    double value = given.orElse(usual);
    if (!(value >= 0 && value <= 1)) {
      throw new InvalidInput(field, "must be from 0 to 1");
    }
    return value;
  }

  private static Stored store(Visit visit, Store input) {
    List<String> notKept = new ArrayList<>();
    String type = input.memoryType().orElse("note");
    String kind = KINDS.contains(type) ? type : "note";
    note(notKept, "memory_type", !kind.equals(type));
    note(notKept, "emotional_valence", input.emotionalValence().filter(v -> v != 0).isPresent());
    note(notKept, "metadata", input.metadata().filter(Words::isGiven).isPresent());
    List<String> related = input.relatedPersonas().orElse(List.of());
    note(notKept, "related_personas", related.size() > 1);
    Map<String, Object> params = new HashMap<>();
    params.put("persona", visit.persona(input.personaId()).id());
    params.put("text", input.content());
    params.put("kind", kind);
    params.put("importance", share("importance", input.importance(), 0.5));
    params.put("shared", input.visibility().orElse(Visibility.PRIVATE) != Visibility.PRIVATE);
    if (related.size() == 1) {
      params.put("about", Persona.named(visit, related.getFirst()).id());
    }
    JsonNode memory = visit.call("memories.add", params).path("memory");
    return new Stored(memory.path("id").stringValue(), true, kind, notKept);
  }

  private static void note(List<String> notKept, String field, boolean given) {
    if (given) {
      notKept.add(field);
    }
  }

  private static MemoryStats stats(Visit visit, Method.Perhaps input) {
    return MemoryStats.of(visit, Optional.of(visit.persona(input.personaId()).id()));
  }

  private static FoundAcross across(Visit visit, Across input) {
    Persona own = visit.persona(input.personaId());
    Asked asked =
        new Asked(
            share("min_importance", input.minImportance(), 0.6),
            input.includeShared().orElse(true),
            input.includePublic().orElse(true));
    boolean others = asked.includeShared() || asked.includePublic();
    Stream<Persona> whose =
        Stream.concat(
            Stream.of(own),
            others
                ? Persona.all(visit).stream()
                    .filter(one -> !one.id().equals(own.id()))
                    .limit(PersonaMethods.MOST_ASKED)
                : Stream.of());
    List<Foreign> found =
        whose
            .flatMap(one -> foreign(visit, one, own, input.query()))
            .filter(memory -> memory.importance() >= asked.minImportance())
            .sorted(Comparator.comparing(memory -> -memory.similarity().orElse(0.0)))
            .limit(input.nResults().orElse(10))
            .toList();
    return new FoundAcross(own.id(), input.query(), found, found.size(), asked);
  }

  private static Stream<Foreign> foreign(Visit visit, Persona whose, Persona own, String query) {
    boolean isOwn = whose.id().equals(own.id());
    return find(visit, whose, query, MOST_FOUND).stream()
        .filter(memory -> isOwn || memory.visibility().equals("shared"))
        .map(memory ->
            new Foreign(
                memory.id(),
                memory.content(),
                memory.similarity(),
                memory.importance(),
                memory.memoryType(),
                memory.createdAt(),
                memory.visibility(),
                isOwn ? "own" : "cross_persona",
                whose.id()));
  }

  private static SharedStats shared(Visit visit, Method.Nothing input) {
    JsonNode stats = visit.call("memories.stats", Map.of());
    return new SharedStats(
        new Shares(stats.path("count").longValue(), stats.path("shared").longValue()), visit.now());
  }
}
