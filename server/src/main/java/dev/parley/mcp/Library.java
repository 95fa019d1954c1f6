package dev.parley.mcp;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Offered;
import dev.parley.calls.Outcome;
import dev.parley.delivery.Topics;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The functions that are offered as resources: each template is one function's answer. */
final class Library {
  private static final String SCHEME = "parley://";
  private static final String JSON = "application/json";
  private static final String PARAMETER = "\\{([^}]+)}";
  private static final String ID = "([A-Za-z0-9._-]{1,64})";

  private final Portions portions;
  private final Topics topics;
  private final Executor virtualThreads;
  private final List<Shelf> shelves = new ArrayList<>();

  /** One template. */
  private record Shelf(
      Offered.Resource place, String parameter, Pattern pattern, Registered<Call> function) {
    static Shelf of(Offered.Resource place, Registered<Call> function) {
      Matcher parameter = Pattern.compile(PARAMETER).matcher(place.path());
      if (!parameter.find()) {
        throw new IllegalArgumentException(place.path() + " has no parameter");
      }
      Pattern pattern =
          Pattern.compile(SCHEME + parameter.replaceFirst(Matcher.quoteReplacement(ID)));
      return new Shelf(place, parameter.group(1), pattern, function);
    }

    String uri(String id) {
      return SCHEME + place.path().replaceFirst(PARAMETER, id);
    }

    /** Whether this is a part of what is at the URI. */
    boolean isPartOf(String uri, String id) {
      return uri(id).startsWith(uri + "/");
    }
  }

  /** A shelf, and which id of it. */
  private record Found(Shelf shelf, String id) {}

  Library(Dispatcher dispatcher, Topics topics, Executor virtualThreads) {
    this.portions = new Portions(dispatcher);
    this.topics = topics;
    this.virtualThreads = virtualThreads;
    for (Registered<Call> function : dispatcher.registry().all()) {
      function
          .function()
          .attribute(Offered.Resource.class)
          .ifPresent(place -> shelves.add(Shelf.of(place, function)));
    }
  }

  ObjectNode templates() {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.putArray("resourceTemplates");
    for (Shelf shelf : shelves) {
      result
          .withArray("resourceTemplates")
          .addObject()
          .put("uriTemplate", SCHEME + shelf.place().path())
          .put("name", shelf.function().name())
          .put("title", shelf.function().function().title())
          .put("description", shelf.function().function().description())
          .put("mimeType", JSON);
    }
    return result;
  }

  static String uri(String path, String id) {
    return SCHEME + path.replaceFirst(PARAMETER, id);
  }

  /** What is at a URI, and its parts. */
  Reply read(Asked asked, String uri) {
    Found found = find(uri);
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.putArray("contents").add(contents(asked, found.shelf(), found.id(), uri));
    shelves.stream()
        .filter(shelf -> shelf.isPartOf(uri, found.id()))
        .forEach(part -> result.withArray("contents").add(contents(asked, part, found.id(), uri)));
    return new Reply.Complete(result);
  }

  private Found find(String uri) {
    for (Shelf shelf : shelves) {
      Matcher matcher = shelf.pattern().matcher(uri);
      if (matcher.matches()) {
        return new Found(shelf, matcher.group(1));
      }
    }
    throw Fault.noResource(uri);
  }

  private ObjectNode contents(Asked asked, Shelf shelf, String id, String wanted) {
    String json = answer(asked, shelf, id).orElseThrow(() -> Fault.noResource(wanted));
    return Json.MAPPER
        .createObjectNode()
        .put("uri", shelf.uri(id))
        .put("mimeType", JSON)
        .put("text", json);
  }

  /** Empty for what does not exist, or not for whoever asks. */
  private Optional<String> answer(Asked asked, Shelf shelf, String id) {
    ObjectNode params = Json.MAPPER.createObjectNode().put(shelf.parameter(), id);
    return switch (portions.call(asked, shelf.function(), params)) {
      case Outcome.Answered answered ->
          Optional.of(new String(answered.result(), StandardCharsets.UTF_8));
      case Outcome.Refused refused ->
          switch (refused.failure().code()) {
            case NOT_FOUND, INVALID_PARAMS, FORBIDDEN -> Optional.empty();
            default -> throw Fault.of(refused.failure());
          };
      case Outcome.Repeated repeated -> throw new IllegalStateException("no idempotency key");
    };
  }

  /**
   * Tells of changes, many at once as one, and only while whoever asked may still read.
   *
   * @throws Fault if there is nothing at the URI, or it never tells of changes
   */
  Surface.Watch watch(Asked asked, String uri, Runnable changed) {
    Found found = find(uri);
    if (answer(asked, found.shelf(), found.id()).isEmpty()) {
      throw Fault.noResource(uri);
    }
    if (!found.shelf().place().live()) {
      throw Fault.invalidParams(uri + " tells of no changes");
    }
    AtomicBoolean due = new AtomicBoolean();
    Runnable look =
        () -> {
          due.set(false);
          if (answer(asked, found.shelf(), found.id()).isPresent()) {
            changed.run();
          }
        };
    return topics.watch(
            found.id(),
            () -> {
              if (due.compareAndSet(false, true)) {
                virtualThreads.execute(look);
              }
            })
        ::run;
  }

  /** One item of a list, as a resource. */
  static ObjectNode listed(String path, JsonNode item) {
    return Json.MAPPER
        .createObjectNode()
        .put("uri", uri(path, item.path("id").asString("")))
        .put("name", name(item))
        .put("mimeType", JSON);
  }

  static String name(JsonNode item) {
    for (String field : List.of("title", "displayName", "name")) {
      String value = item.path(field).asString("");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return item.path("id").asString("");
  }
}
