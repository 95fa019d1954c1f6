package dev.parley.personas;

import dev.parley.functions.Json;
import dev.parley.wire.Refusal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a scripted persona talks of what it remembers: says what it has learnt just now, answers from
 * memory, tells what it knows of somebody and forgets it. Only of what may be said where it talks.
 */
final class Reminiscing {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final int MOST = 20;
  private static final Pattern SELF = pattern("\\b(?:i|my|mine|me|remember|mind|note)\\b");
  private static final Pattern KNOWN =
      pattern("\\bwhat (?:do|did|can) you (?:know|remember|recall)\\b.*\\b(?:i|me)\\b");
  private static final Pattern FORGET =
      pattern(
          "^(?:please |now )?forget (?:(?:that|this|it)[.! ]*$|(?<all>everything|all)\\b"
              + "|(?:that |about |what i (?:said|told you) about )?(?<what>.{1,200}))");

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /** Answers what is about memory; empty if it is not. */
  Optional<String> answer(Brain.Prompt prompt, String said) {
    Matcher forget = FORGET.matcher(said);
    if (forget.find()) {
      return Optional.of(forget(prompt, forget));
    }
    if (KNOWN.matcher(said).find()) {
      return Optional.of(tellAll(prompt));
    }
    if (!SELF.matcher(said).find()) {
      return Optional.empty();
    }
    return said.contains("?") ? recalled(prompt, said) : learnt(prompt);
  }

  /** What comes to mind, if anything does. */
  Optional<String> recalled(Brain.Prompt prompt, String said) {
    List<JsonNode> found =
        search(prompt, said).stream().filter(memory -> !comesFrom(prompt, memory)).toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of("As I remember:\n" + listed(prompt, found));
  }

  private static Optional<String> learnt(Brain.Prompt prompt) {
    List<JsonNode> learnt = known(prompt, memory -> comesFrom(prompt, memory));
    return learnt.isEmpty()
        ? Optional.empty()
        : Optional.of("I will remember:\n" + listed(prompt, learnt));
  }

  private static String tellAll(Brain.Prompt prompt) {
    List<JsonNode> known = known(prompt, memory -> true);
    return known.isEmpty()
        ? "Nothing that I could say here. Tell me something, and I will remember it."
        : "What I know from you or of you, as far as I can say it here:\n" + listed(prompt, known);
  }

  private static String forget(Brain.Prompt prompt, Matcher asked) {
    List<JsonNode> due = due(prompt, asked);
    if (due.isEmpty()) {
      return "There is nothing of yours here that I could forget.";
    }
    String said = listed(prompt, due);
    try {
      due.forEach(memory -> forget(prompt, memory));
      return "I have forgotten for good:\n" + said;
    } catch (Refusal refusal) {
      return "I cannot forget it: " + refusal.getMessage();
    }
  }

  private static void forget(Brain.Prompt prompt, JsonNode memory) {
    ObjectNode params = Json.MAPPER.createObjectNode().put("id", text(memory.path("id")));
    JsonNode nothing = prompt.hands().call("memories.forget", params);
    assert nothing.isObject() : "forgetting answers with nothing";
  }

  /** What shall be forgotten: all, what fits best, or what was learnt last. */
  private static List<JsonNode> due(Brain.Prompt prompt, Matcher asked) {
    if (asked.group("all") != null) {
      return known(prompt, memory -> true);
    }
    if (asked.group("what") == null) {
      return known(prompt, memory -> true).stream().limit(1).toList();
    }
    Set<String> theirs =
        known(prompt, memory -> true).stream()
            .map(memory -> text(memory.path("id")))
            .collect(Collectors.toSet());
    return search(prompt, asked.group("what")).stream()
        .filter(memory -> isOf(prompt, memory) || theirs.contains(text(memory.path("id"))))
        .limit(1)
        .toList();
  }

  private static boolean isOf(Brain.Prompt prompt, JsonNode memory) {
    String asker = prompt.message().sender().id();
    return asker.equals(text(memory.at("/about/id")))
        || asker.equals(text(memory.at("/provenance/saidBy/id")));
  }

  private static boolean comesFrom(Brain.Prompt prompt, JsonNode memory) {
    return memory
        .at("/provenance/messages")
        .valueStream()
        .anyMatch(id -> text(id).equals(prompt.message().id()));
  }

  /** What the persona knows of the asker and may say here, the newest first. */
  private static List<JsonNode> known(Brain.Prompt prompt, Predicate<JsonNode> which) {
    JsonNode items = prompt.hands().call("memories.list", here(prompt)).path("items");
    return items.valueStream().filter(which).toList();
  }

  private static List<JsonNode> search(Brain.Prompt prompt, String text) {
    ObjectNode params = here(prompt).put("text", text.substring(0, Math.min(2_000, text.length())));
    JsonNode items = prompt.hands().call("memories.search", params.put("limit", 3)).path("items");
    return items.valueStream().map(item -> item.path("memory")).toList();
  }

  private static ObjectNode here(Brain.Prompt prompt) {
    return Json.MAPPER
        .createObjectNode()
        .put("persona", prompt.persona().id())
        .put("conversation", prompt.message().conversation())
        .put("limit", MOST);
  }

  private static String listed(Brain.Prompt prompt, List<JsonNode> memories) {
    return memories.stream()
        .map(memory -> "— " + line(prompt, memory).replace("@", "@\u200B"))
        .collect(Collectors.joining("\n"));
  }

  /** Whom it is about, what is so, and from whom and since when that is known. */
  private static String line(Brain.Prompt prompt, JsonNode memory) {
    String about = who(prompt, memory.path("about"));
    String teller = who(prompt, memory.at("/provenance/saidBy"));
    String learnt = DAY.format(Instant.parse(text(memory.path("learntAt"))));
    return (about.isEmpty() ? "" : about + ": ")
        + text(memory.path("text"))
        + (teller.isEmpty() ? "" : " (told by " + teller + " on " + learnt + ")");
  }

  private static String who(Brain.Prompt prompt, JsonNode actor) {
    return text(actor.path("id")).equals(prompt.message().sender().id())
        ? "you"
        : text(actor.path("name"));
  }

  private static String text(JsonNode node) {
    return node.stringValue("");
  }
}
