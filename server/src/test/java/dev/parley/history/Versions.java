package dev.parley.history;

import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Things that have versions, and what users see of those. */
final class Versions {
  private Versions() {}

  static String project(User user, String name) {
    return user.call("projects.create", "{name: '%s', description: 'd'}".formatted(name))
        .at("/project/id")
        .stringValue();
  }

  static JsonNode list(User user, String id) {
    return user.call("history.list", "{id: '%s'}".formatted(id)).path("items");
  }

  static List<Long> versions(User user, String id) {
    List<Long> versions = new ArrayList<>();
    list(user, id).forEach(item -> versions.add(item.path("version").longValue()));
    return versions;
  }

  static JsonNode asOf(User user, String id, String rest) {
    return user.call("history.asOf", "{id: '%s'%s}".formatted(id, rest));
  }

  static JsonNode valueAt(User user, String id, long version) {
    return asOf(user, id, ", version: " + version).path("value");
  }

  static JsonNode restore(User user, String id, long version) {
    return user.call("history.restore", "{id: '%s', version: %d}".formatted(id, version));
  }

  /** A persona that comes with the server. */
  static String guide(User user) {
    return user.call("personas.list", "{}").at("/items/0/id").stringValue();
  }
}
