package dev.parley.conversations;

import dev.parley.entities.Entity;
import dev.parley.entities.Identity;
import dev.parley.entities.Lineage;
import dev.parley.entities.Ref;
import dev.parley.entities.Refused;
import dev.parley.wire.Refusal;
import java.util.Optional;

/** What can be changed of a room. Its lineage is the room's id, each change a version. */
public record RoomSettings(
    Identity id,
    String title,
    Optional<String> topic,
    Conversation.Visibility visibility,
    Optional<Ref<ProjectSettings>> project,
    boolean archived)
    implements Entity {

  static RoomSettings of(Conversation room) {
    return new RoomSettings(
        Identity.of(new Lineage(room.id())),
        room.title().orElseThrow(),
        room.topic(),
        room.visibility(),
        room.project().map(RoomSettings::refTo),
        room.archived());
  }

  static RoomSettings of(String id, String title, Rooms.Create input) {
    return new RoomSettings(
        Identity.of(new Lineage(id)),
        title,
        input.topic().filter(text -> !text.isBlank()),
        input.visibility().orElse(Conversation.Visibility.PUBLIC),
        input.project().map(RoomSettings::refTo),
        false);
  }

  RoomSettings with(RoomChanges.Update input) {
    return new RoomSettings(
        id,
        input.title().orElse(title),
        input.topic().or(this::topic).filter(text -> !text.isBlank()),
        input.visibility().orElse(visibility),
        input.project().map(RoomSettings::refTo).or(this::project),
        input.archived().orElse(archived));
  }

  /** The next version after another one, with these settings. */
  RoomSettings after(RoomSettings newest) {
    return new RoomSettings(newest.id, title, topic, visibility, project, archived);
  }

  /** The id of the project that the room is in. */
  Optional<String> projectId() {
    return project.map(ref -> ref.lineage().value());
  }

  private static Ref<ProjectSettings> refTo(String project) {
    try {
      return new Ref<>(new Lineage(project));
    } catch (Refused noId) {
      throw Refusal.notFound("project");
    }
  }
}
