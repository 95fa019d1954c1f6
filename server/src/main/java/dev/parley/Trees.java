package dev.parley;

import dev.parley.conversations.ProjectSettings;
import dev.parley.conversations.RoomSettings;
import dev.parley.entities.Catalog;
import dev.parley.personas.PersonaSettings;
import java.util.List;

/** The types of everything that has versions. */
final class Trees {
  static final Catalog CATALOG =
      Catalog.of(List.of(ProjectSettings.class, RoomSettings.class, PersonaSettings.class));

  private Trees() {}
}
