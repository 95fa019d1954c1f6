package dev.parley.socket.persona;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * How well two personas may get on, by the formulas of the original's CompatibilityEngine: 0.35
 * personality, 0.25 social, 0.25 interests, 0.15 what was. Its traits are numbers of the Big Five,
 * which a persona has here if its traits say so ("openness: 0.8"); what is not known counts as 0.5.
 */
final class Compatibility {
  private static final double UNKNOWN = 0.5;
  private static final Map<String, Integer> RANKS =
      Map.of("noble", 4, "merchant", 3, "artisan", 2, "commoner", 1, "peasant", 0);

  private static final List<Trait> TRAITS =
      List.of(
          new Trait("openness", 0.2, Compatibility::alike),
          new Trait("conscientiousness", 0.15, Compatibility::alike),
          new Trait(
              "extraversion", 0.25, (a, b) -> alike(a, b) + (near(a, b) ? 0.3 * apart(a, b) : 0)),
          new Trait("agreeableness", 0.25, Compatibility::alike),
          new Trait("neuroticism", 0.15, (a, b) -> alike(a, b) - 0.3 * Math.max(a, b)));

  private final JsonNode one;
  private final JsonNode other;
  private final Map<String, Double> traits;
  private final Map<String, Double> otherTraits;
  private final double strength;

  private record Trait(String name, double weight, DoubleBinaryOperator fit) {}

  /** Each from 0 to 1. */
  record Analysis(
      double overall,
      double personality,
      double social,
      double interests,
      double history,
      String prediction) {}

  record Suggestions(
      String interactionStyle,
      List<String> recommendedTopics,
      List<String> potentialChallenges,
      String relationshipPotential,
      String interactionFrequency) {}

  /**
   * @param one a persona, whole
   * @param strength of their relationship, -1 to 1
   */
  Compatibility(JsonNode one, JsonNode other, double strength) {
    this.one = one;
    this.other = other;
    this.traits = numbers(one);
    this.otherTraits = numbers(other);
    this.strength = strength;
  }

  private static Map<String, Double> numbers(JsonNode persona) {
    Map<String, Double> numbers = new HashMap<>();
    for (JsonNode trait : persona.path("traits")) {
      String[] parts = trait.stringValue().split(": *", 2);
      if (parts.length == 2 && parts[1].matches("0(\\.\\d+)?|1(\\.0+)?")) {
        numbers.put(parts[0].toLowerCase(Locale.ROOT), Double.parseDouble(parts[1]));
      }
    }
    return numbers;
  }

  private static double apart(double a, double b) {
    return Math.abs(a - b);
  }

  private static double alike(double a, double b) {
    return 1 - apart(a, b);
  }

  private static boolean near(double a, double b) {
    return apart(a, b) < 0.5;
  }

  Analysis analysis() {
    double history = (strength + 1) / 2;
    double overall = 0.35 * personality() + 0.25 * social() + 0.25 * interests() + 0.15 * history;
    return new Analysis(
        rounded(overall),
        rounded(personality()),
        rounded(social()),
        rounded(interests()),
        rounded(history),
        prediction(overall));
  }

  private static double rounded(double value) {
    return Math.round(1_000 * value) / 1_000.0;
  }

  private double personality() {
    double sum = 0;
    double weights = 0;
    for (Trait trait : TRAITS) {
      Double mine = traits.get(trait.name());
      Double theirs = otherTraits.get(trait.name());
      if (mine != null && theirs != null) {
        sum += trait.weight() * Math.clamp(trait.fit().applyAsDouble(mine, theirs), 0, 1);
        weights += trait.weight();
      }
    }
    return weights == 0 ? UNKNOWN : sum / weights;
  }

  private double social() {
    double charisma = (number(one, "charisma") + number(other, "charisma")) / 40;
    double minds = apart(number(one, "intelligence"), number(other, "intelligence"));
    double intelligence = minds <= 3 ? 1 : minds <= 6 ? 0.8 : 0.5;
    return 0.4 * charisma + 0.4 * intelligence + 0.2 * ranks();
  }

  private static double number(JsonNode persona, String field) {
    return persona.path(field).doubleValue();
  }

  private double ranks() {
    return switch (Math.abs(rank(one) - rank(other))) {
      case 0 -> 1;
      case 1 -> 0.8;
      case 2 -> 0.6;
      default -> 0.3;
    };
  }

  private static int rank(JsonNode persona) {
    return RANKS.getOrDefault(persona.path("rank").stringValue(), 1);
  }

  private Set<String> common() {
    Set<String> common = new HashSet<>(one.path("interests").propertyNames());
    common.retainAll(other.path("interests").propertyNames());
    return common;
  }

  private double interest(JsonNode persona, String topic) {
    return persona.path("interests").path(topic).doubleValue();
  }

  private double interests() {
    int most = Math.max(one.path("interests").size(), other.path("interests").size());
    if (one.path("interests").isEmpty() || other.path("interests").isEmpty()) {
      return UNKNOWN;
    }
    double likeness = 0;
    double weights = 0;
    for (String topic : common()) {
      double mine = interest(one, topic);
      double theirs = interest(other, topic);
      if (mine > 20 && theirs > 20) {
        double weight = (mine + theirs) / 200;
        likeness += weight * (1 - apart(mine, theirs) / 100);
        weights += weight;
      }
    }
    double alike = weights == 0 ? 0.3 : likeness / weights;
    return Math.min(1, alike + 0.2 * common().size() / most);
  }

  private static String prediction(double overall) {
    TreeMap<Double, String> words =
        new TreeMap<>(
            Map.of(
                0.0,
                "difficult",
                0.35,
                "challenging",
                0.5,
                "good",
                0.65,
                "very_good",
                0.8,
                "excellent"));
    Map.Entry<Double, String> word = words.lowerEntry(overall);
    return word == null ? "difficult" : word.getValue();
  }

  Suggestions suggestions() {
    double overall = analysis().overall();
    if (overall > 0.8) {
      return suggestions("collaborative_enthusiastic", "excellent_friends", "frequent");
    }
    if (overall > 0.6) {
      return suggestions("friendly_engaging", "good_friends", "regular");
    }
    return overall > 0.4
        ? suggestions("respectful_cautious", "cordial_acquaintances", "occasional")
        : suggestions("formal_distant", "professional_only", "minimal");
  }

  private Suggestions suggestions(String style, String potential, String frequency) {
    return new Suggestions(style, topics(), challenges(), potential, frequency);
  }

  private List<String> topics() {
    return common().stream()
        .filter(topic -> interest(one, topic) > 30 && interest(other, topic) > 30)
        .sorted(
            Comparator.<String>comparingDouble(
                    topic -> -interest(one, topic) - interest(other, topic))
                .thenComparing(Comparator.naturalOrder()))
        .limit(5)
        .toList();
  }

  private List<String> challenges() {
    List<String> all = new ArrayList<>();
    if (personality() < 0.4) {
      all.add("personality_clash");
    }
    if (social() < 0.4) {
      all.add("social_mismatch");
    }
    if (interests() < 0.3) {
      all.add("few_shared_interests");
    }
    return all;
  }
}
