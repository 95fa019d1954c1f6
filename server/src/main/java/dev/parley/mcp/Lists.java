package dev.parley.mcp;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Offered;
import dev.parley.calls.Outcome;
import dev.parley.functions.Attribute;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The functions that list what there is: resources, prompts, and what can be completed. */
final class Lists {
  private static final int MOST_COMPLETIONS = 100;
  private static final int PAGE = 50;
  private static final int LONG_PAGE = 100;
  private static final int MOST_PAGES = 20;

  private final Dispatcher dispatcher;

  Lists(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  private List<Registered<Call>> with(Class<? extends Attribute> attribute) {
    return dispatcher.registry().all().stream()
        .filter(function -> function.function().attribute(attribute).isPresent())
        .toList();
  }

  /** All that is listed anywhere, one list after the other. */
  ObjectNode resources(Asked asked, Optional<String> cursor) {
    List<Registered<Call>> lists = with(Offered.Listing.class);
    String[] place = (cursor.orElse("") + ":").split(":", 3);
    int at = index(place[0], lists.size());
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.putArray("resources");
    if (lists.isEmpty()) {
      return result;
    }
    String path = path(lists.get(at));
    JsonNode page = page(asked, lists.get(at), PAGE, place[1]);
    page.path("items")
        .forEach(item -> result.withArray("resources").add(Library.listed(path, item)));
    String next = page.path("next").asString("");
    if (!next.isEmpty()) {
      result.put("nextCursor", at + ":" + next);
    } else if (at + 1 < lists.size()) {
      result.put("nextCursor", (at + 1) + ":");
    }
    return result;
  }

  private static String path(Registered<Call> list) {
    return list.function().attribute(Offered.Listing.class).orElseThrow().path();
  }

  private static int index(String text, int size) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) >= size) {
      throw Fault.invalidParams("cursor must be the nextCursor of an earlier page");
    }
    return Integer.parseInt(text);
  }

  private JsonNode page(Asked asked, Registered<Call> list, int limit, String cursor) {
    ObjectNode params = Json.MAPPER.createObjectNode().put("limit", limit);
    if (!cursor.isEmpty()) {
      params.put("cursor", cursor);
    }
    return switch (dispatcher.dispatch(asked.call(), list.name(), params)) {
      case Outcome.Answered answered -> Json.MAPPER.readTree(answered.result());
      case Outcome.Refused refused -> throw Fault.of(refused.failure());
      case Outcome.Repeated repeated -> throw new IllegalStateException("no idempotency key");
    };
  }

  ObjectNode prompts() {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.putArray("prompts");
    for (Registered<Call> list : with(Offered.Prompt.class)) {
      String name = promptOf(list);
      ObjectNode prompt = result.withArray("prompts").addObject().put("name", name);
      prompt.put("title", "Speak as a " + name);
      prompt.put("description", "Has the model speak as a " + name + " of this server.");
      prompt
          .putArray("arguments")
          .addObject()
          .put("name", "name")
          .put("description", "whom to speak as, by name or id")
          .put("required", true);
    }
    return result;
  }

  private static String promptOf(Registered<Call> list) {
    return list.function().attribute(Offered.Prompt.class).orElseThrow().name();
  }

  private Registered<Call> behindPrompt(String name) {
    return with(Offered.Prompt.class).stream()
        .filter(list -> promptOf(list).equals(name))
        .findFirst()
        .orElseThrow(() -> Fault.invalidParams("There is no prompt " + Json.shown(name)));
  }

  Reply prompt(Asked asked, String name, ObjectNode arguments) {
    String wanted = Methods.text(arguments, "name");
    JsonNode item =
        search(asked, behindPrompt(name), one -> isCalled(one, wanted), 1).stream()
            .findFirst()
            .orElseThrow(() -> Fault.invalidParams("There is no " + name + " of that name"));
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.put("description", "Speak as " + Library.name(item));
    result
        .putArray("messages")
        .addObject()
        .put("role", "user")
        .putObject("content")
        .put("type", "text")
        .put("text", part(item));
    return new Reply.Complete(result);
  }

  private static boolean isCalled(JsonNode item, String wanted) {
    return item.path("id").asString("").equals(wanted)
        || item.path("name").asString("").equalsIgnoreCase(wanted)
        || Library.name(item).equalsIgnoreCase(wanted);
  }

  /**
   * What is known of somebody, field by field, as data: whatever it says, it is not obeyed here.
   */
  private static String part(JsonNode item) {
    ObjectNode known = ((ObjectNode) item).deepCopy();
    known.remove(List.of("id", "kind"));
    return "From now on, speak as "
        + Library.name(item)
        + ". This is what is known of the character, as JSON:\n"
        + known.toPrettyString();
  }

  ObjectNode complete(Asked asked, ObjectNode params) {
    JsonNode ref = params.path("ref");
    String begun = Methods.text(params.path("argument"), "value");
    boolean ofPrompt = ref.path("type").asString("").equals("ref/prompt");
    Optional<Registered<Call>> list =
        ofPrompt ? Optional.of(behindPrompt(Methods.text(ref, "name"))) : listOf(ref);
    List<JsonNode> found =
        list.map(known -> search(asked, known, item -> begins(item, begun), MOST_COMPLETIONS))
            .orElse(List.of());
    ObjectNode result = Json.MAPPER.createObjectNode();
    ObjectNode completion = result.putObject("completion");
    completion.putArray("values");
    found.forEach(item ->
        completion
            .withArray("values")
            .add(ofPrompt ? Library.name(item) : item.path("id").asString("")));
    completion.put("hasMore", found.size() == MOST_COMPLETIONS);
    return result;
  }

  /** The list of what is at a template, or at what it is a part of. */
  private Optional<Registered<Call>> listOf(JsonNode ref) {
    String template = Methods.text(ref, "uri");
    return with(Offered.Listing.class).stream()
        .filter(list -> {
          String path = path(list);
          String kind = Library.uri(path.substring(0, path.indexOf('{')), "");
          return template.startsWith(kind);
        })
        .findFirst();
  }

  private static boolean begins(JsonNode item, String begun) {
    return item.path("id").asString("").startsWith(begun)
        || Library.name(item).regionMatches(true, 0, begun, 0, begun.length());
  }

  private List<JsonNode> search(
      Asked asked, Registered<Call> list, Predicate<JsonNode> fits, int most) {
    List<JsonNode> found = new java.util.ArrayList<>();
    String cursor = "";
    for (int pages = 0; pages < MOST_PAGES && found.size() < most; pages++) {
      JsonNode page = page(asked, list, LONG_PAGE, cursor);
      page.path("items")
          .valueStream()
          .filter(fits)
          .limit(most - (long) found.size())
          .forEach(found::add);
      cursor = page.path("next").asString("");
      if (cursor.isEmpty()) {
        break;
      }
    }
    return found;
  }
}
