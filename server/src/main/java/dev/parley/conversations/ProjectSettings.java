package dev.parley.conversations;

import dev.parley.entities.Entity;
import dev.parley.entities.Identity;
import dev.parley.entities.Lineage;

/** What can be changed of a project. Its lineage is the project's id, each change a version. */
public record ProjectSettings(Identity id, String name, String description) implements Entity {
  static ProjectSettings of(String id, String name, String description) {
    return new ProjectSettings(Identity.of(new Lineage(id)), name, description);
  }

  ProjectSettings with(Projects.Update input) {
    return new ProjectSettings(
        id, input.name().orElse(name), input.description().orElse(description));
  }

  /** The next version after another one, with these settings. */
  ProjectSettings after(ProjectSettings newest) {
    return new ProjectSettings(newest.id, name, description);
  }
}
