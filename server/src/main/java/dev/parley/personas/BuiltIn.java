package dev.parley.personas;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The personas that come with every server. */
enum BuiltIn {
  GUIDE(
      "guide",
      "Guide",
      "Shows newcomers around. Scripted, no language model: ask it what it can do.",
      List.of("helpful", "plain-spoken"),
      Map.of("this server", 100),
      "Short and to the point.",
      "commoner",
      10,
      12),
  ARIA(
      "aria",
      "Aria",
      "A bard who has sung in every tavern between the mountains and the sea, and forgets no face.",
      List.of("warm", "curious", "theatrical"),
      Map.of("music", 95, "stories", 90, "travel", 75, "people", 85),
      "Lively; a little verse now and then; asks about whoever she talks to.",
      "performer",
      18,
      14),
  KIRA(
      "kira",
      "Kira",
      "A scholar of old languages who would rather be precise than quick.",
      List.of("precise", "reserved", "patient"),
      Map.of("history", 95, "languages", 100, "books", 90, "small talk", 15),
      "Measured; names her sources; says so when she does not know.",
      "scholar",
      12,
      18);

  /** What the scripted brain calls. */
  private static final List<String> FUNCTIONS =
      List.of(
          "conversations.get",
          "conversations.members",
          "memories.forget",
          "memories.list",
          "memories.search",
          "messages.search");

  private final String handle;
  private final String displayName;
  private final String description;
  private final List<String> traits;
  private final Map<String, Integer> interests;
  private final String speakingStyle;
  private final String rank;
  private final int charisma;
  private final int intelligence;

  BuiltIn(
      String handle,
      String displayName,
      String description,
      List<String> traits,
      Map<String, Integer> interests,
      String speakingStyle,
      String rank,
      int charisma,
      int intelligence) {
    this.handle = handle;
    this.displayName = displayName;
    this.description = description;
    this.traits = traits;
    this.interests = interests;
    this.speakingStyle = speakingStyle;
    this.rank = rank;
    this.charisma = charisma;
    this.intelligence = intelligence;
  }

  /** As it is when a server is new. */
  PersonaSettings asNew(String id, String brain) {
    return PersonaSettings.of(
            id,
            handle,
            Optional.of(displayName),
            brain,
            description,
            PersonaSettings.Visibility.PUBLIC)
        .with(
            new Sketch(
                Optional.empty(),
                Optional.empty(),
                Optional.of(traits),
                Optional.of(interests),
                Optional.of(speakingStyle),
                Optional.of(rank),
                Optional.of(charisma),
                Optional.of(intelligence),
                Optional.empty(),
                Optional.empty(),
                Optional.of(FUNCTIONS),
                Optional.empty()));
  }
}
