package dev.parley.personas;

import dev.parley.entities.Default;
import dev.parley.entities.Entity;
import dev.parley.entities.Identity;
import dev.parley.entities.Lineage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be changed of a persona. Its lineage is the persona's id, each change a version.
 *
 * @param name the handle that it is mentioned by; it stays
 * @param brain what answers for it
 * @param model which model its brain prefers
 * @param interests by topic, 0 to 100
 * @param charisma 1 to 20
 * @param intelligence 1 to 20
 * @param functions what it may call; empty for all that only read
 */
public record PersonaSettings(
    Identity id,
    String name,
    Optional<String> displayName,
    String brain,
    String description,
    List<String> traits,
    Map<String, Integer> interests,
    Optional<String> speakingStyle,
    @Default("\"commoner\"") String rank,
    @Default("10") int charisma,
    @Default("10") int intelligence,
    Optional<String> model,
    List<String> functions,
    @Default("\"PUBLIC\"") Visibility visibility)
    implements Entity {

  /** Who may see and address a persona. */
  public enum Visibility {
    /** Everybody who is signed in. */
    PUBLIC,
    /** Its owner and administrators. */
    PRIVATE
  }

  /** A persona of whom no more is known than its row says. */
  static PersonaSettings of(
      String id,
      String name,
      Optional<String> displayName,
      String brain,
      String description,
      Visibility visibility) {
    return new PersonaSettings(
        Identity.of(new Lineage(id)),
        name,
        displayName,
        brain,
        description,
        List.of(),
        Map.of(),
        Optional.empty(),
        "commoner",
        10,
        10,
        Optional.empty(),
        List.of(),
        visibility);
  }

  /** With what a sketch says, and the rest as it is. */
  PersonaSettings with(Sketch sketch) {
    return new PersonaSettings(
        id,
        name,
        changed(sketch.displayName(), displayName),
        sketch.brain().orElse(brain),
        sketch.description().orElse(description),
        sketch.traits().orElse(traits),
        sketch.interests().orElse(interests),
        changed(sketch.speakingStyle(), speakingStyle),
        sketch.rank().orElse(rank),
        sketch.charisma().orElse(charisma),
        sketch.intelligence().orElse(intelligence),
        changed(sketch.model(), model),
        sketch.functions().orElse(functions),
        sketch.visibility().orElse(visibility));
  }

  private static Optional<String> changed(Optional<String> next, Optional<String> now) {
    return next.or(() -> now).filter(text -> !text.isBlank());
  }

  /** Everything that can be said of it but its name. */
  Sketch sketch() {
    return new Sketch(
        displayName,
        Optional.of(description),
        Optional.of(traits),
        Optional.of(interests),
        speakingStyle,
        Optional.of(rank),
        Optional.of(charisma),
        Optional.of(intelligence),
        Optional.of(brain),
        model,
        Optional.of(functions),
        Optional.of(visibility));
  }

  /** The next version after another one, with these settings. */
  PersonaSettings after(PersonaSettings newest) {
    return new PersonaSettings(
        newest.id,
        newest.name,
        displayName,
        brain,
        description,
        traits,
        interests,
        speakingStyle,
        rank,
        charisma,
        intelligence,
        model,
        functions,
        visibility);
  }
}
