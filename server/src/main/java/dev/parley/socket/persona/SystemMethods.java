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
          Method.of("system.models", Method.Nothing.class, SystemMethods::models),
          Method.of("state.save", Method.Nothing.class, SystemMethods::save),
          Method.of("state.load", Method.Nothing.class, SystemMethods::load),
          Method.without(
              "visual.update",
              "Nothing is drawn here: what others shall see is a message, by messages.post"));

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
          .path("brains")
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

  /** What a socket holds that is its own. */
  record State(
      Optional<String> currentPersonaId,
      Optional<String> currentConversationId,
      int activeConversations,
      Instant timestamp) {
    static State of(Visit visit) {
      Optional<Stay.Selected> selected = visit.stay().selected();
      return new State(
          selected.map(one -> one.persona().id()),
          selected.map(Stay.Selected::conversation),
          visit.stay().chats().count(),
          visit.now());
    }
  }

  /**
   * @param message what there was to save
   */
  record Saved(boolean stateSaved, State state, String message) {}

  record Loaded(
      boolean stateLoaded,
      Optional<String> currentPersonaId,
      Optional<String> currentConversationId,
      String message) {}

  private static Saved save(Visit visit, Method.Nothing input) {
    return new Saved(
        true,
        State.of(visit),
        "All that was said and remembered is durable already; only the selection is the socket's own");
  }

  private static Loaded load(Visit visit, Method.Nothing input) {
    State state = State.of(visit);
    return new Loaded(
        true,
        state.currentPersonaId(),
        state.currentConversationId(),
        "Conversations and memories are always there; select a persona by persona.switch");
  }

  private static Status status(Visit visit, Method.Nothing input) {
    PersonaMethods.Several personas = PersonaMethods.list(visit, input);
    Optional<Stay.Selected> selected = visit.stay().selected();
    return new Status(
        "operational",
        Provider.all(visit).stream().anyMatch(Provider::available),
        personas.totalCount(),
        personas.availableCount(),
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
