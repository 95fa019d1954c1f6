package dev.parley.personas;

import dev.parley.entities.Entity;
import dev.parley.entities.Identity;
import dev.parley.entities.Lineage;
import java.util.Optional;

/** What can be changed of a persona. Its lineage is the persona's id, each change a version. */
public record PersonaSettings(
    Identity id, String name, Optional<String> displayName, String brain, String description)
    implements Entity {

  static PersonaSettings of(
      String id, String name, Optional<String> displayName, String brain, String description) {
    return new PersonaSettings(Identity.of(new Lineage(id)), name, displayName, brain, description);
  }

  PersonaSettings with(Personas.Update input) {
    return new PersonaSettings(
        id,
        name,
        input.displayName().or(this::displayName).filter(text -> !text.isBlank()),
        brain,
        input.description().orElse(description));
  }

  /** The next version after another one, with these settings. */
  PersonaSettings after(PersonaSettings newest) {
    return new PersonaSettings(newest.id, name, displayName, brain, description);
  }
}
