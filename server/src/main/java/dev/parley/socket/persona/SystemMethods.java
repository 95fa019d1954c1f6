package dev.parley.socket.persona;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The server itself. */
final class SystemMethods {
  static final List<Method<?>> ALL =
      List.of(
          Method.of("system.status", Method.Nothing.class, SystemMethods::status),
          Method.of("system.models", Method.Nothing.class, SystemMethods::models));

  private SystemMethods() {}

  /**
   * @param llmAvailable whether a model is configured that has not failed too often lately
   * @param activeConversations in which this socket waits for a reply
   */
  record Status(
      String systemStatus,
      boolean llmAvailable,
      int totalPersonas,
      long availablePersonas,
      int activeConversations,
      Optional<String> currentPersona,
      Optional<String> currentConversation,
      Instant timestamp) {}

  /**
   * @param provider the brain that has the current model
   */
  record Models(
      List<String> availableModels, Optional<String> currentModel, Optional<String> provider) {}

  /** A brain that asks a model. */
  record Provider(String name, String model, boolean available) {
    static List<Provider> all(Visit visit) {
      return visit
          .call("personas.brains", Map.of())
          .path("items")
          .valueStream()
          .filter(brain -> brain.has("model"))
          .map(Provider::of)
          .toList();
    }

    private static Provider of(JsonNode brain) {
      return new Provider(
          brain.path("name").stringValue(),
          brain.path("model").stringValue(),
          brain.path("available").booleanValue());
    }
  }

  private static Status status(Visit visit, Method.Nothing input) {
    int personas = visit.all("personas.list", Map.of()).size();
    Optional<Stay.Selected> selected = visit.stay().selected();
    return new Status(
        "operational",
        Provider.all(visit).stream().anyMatch(Provider::available),
        personas,
        personas,
        visit.stay().chats().count(),
        selected.map(one -> one.persona().id()),
        selected.map(Stay.Selected::conversation),
        visit.now());
  }

  private static Models models(Visit visit, Method.Nothing input) {
    List<Provider> all = Provider.all(visit);
    return new Models(
        all.stream().map(Provider::model).distinct().toList(),
        all.stream().findFirst().map(Provider::model),
        all.stream().findFirst().map(Provider::name));
  }
}
