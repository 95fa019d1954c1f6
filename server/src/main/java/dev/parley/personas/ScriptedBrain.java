package dev.parley.personas;

import dev.parley.functions.Json;
import dev.parley.personas.errand.Errands;
import dev.parley.personas.errand.Exchange;
import dev.parley.wire.Actor;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers by rules, without any model, and says so when asked. The same question, the same answer.
 */
public final class ScriptedBrain implements Brain {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm 'UTC on' EEEE, d MMMM", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String HELP =
      "I can tell you who is here, how many messages there are, what time it is, and find messages:"
          + " try `find hello`. I remember what you tell me of yourself: ask `what do you know of me`,"
          + " or say `forget that`. Address me as @%s, or talk to me directly.";

  /** No answer is longer, in tokens. */
  private static final int LONGEST = 500;

  private static final String NO_MODEL =
      "I am a scripted persona: a few rules and no language model behind them. I say only what I was"
          + " written to say.";

  private final InstantSource clock;
  private final Confiding confiding = new Confiding();
  private final Reminiscing reminiscing = new Reminiscing();
  private final List<Rule> rules =
      List.of(
          rule("\\b(?:talk|chat|speak) (?:to|with) @(\\S+) about (.{1,100})", this::address),
          rule("\\bwhat do you (?:think|say) (?:about|of|to) (.{1,100}?)[?.!]*$", this::judge),
          rule(
              "\\b(model|llm|gpt|ai|bot|robot|human|real|what are you|who are you)\\b",
              this::tellWhat),
          rule("\\bwho(?: is|'s|s)? (?:else )?(?:is )?here\\b", this::tellWho),
          rule("\\bhow many\\b", this::tellHowMany),
          rule("\\b(?:find|search(?: for)?)\\s+(.{1,100})", this::find),
          rule("\\b(?:time|date|day)\\b", this::tellTime),
          rule("\\b(help|can you|what do you do)\\b", this::help),
          rule("\\b(thanks|thank you|cheers)\\b", (prompt, found) -> "You are welcome."),
          rule("\\b(bye|goodbye|good night)\\b", (prompt, found) -> "Goodbye!"),
          rule("\\b(hi|hello|hey|good (?:morning|evening))\\b", this::greet));

  private record Rule(Pattern pattern, Saying saying) {}

  @FunctionalInterface
  private interface Saying {
    String to(Prompt prompt, Matcher found);
  }

  public ScriptedBrain(InstantSource clock) {
    this.clock = clock;
  }

  private static Rule rule(String pattern, Saying saying) {
    return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), saying);
  }

  @Override
  public int window(Hands hands) {
    return 0;
  }

  @Override
  public Answer reply(Prompt prompt, Consumer<String> drafts) {
    String whole = answer(prompt);
    String answer =
        prompt.mostTokens() < LONGEST ? Tokens.beginning(whole, prompt.mostTokens()) : whole;
    drafts.accept(answer);
    return new Answer(answer, Optional.empty(), 0, answer.length() < whole.length());
  }

  @Override
  public String sumUp(PersonaSettings character, String before, List<Part> turns) {
    return before;
  }

  private String answer(Prompt prompt) {
    String said = bare(prompt, prompt.message().content());
    return onErrand(prompt, said)
        .or(() -> ofMindOrRules(prompt, said))
        .or(() -> ifAllowed(() -> reminiscing.recalled(prompt, said)))
        .orElseGet(() -> "I have no rule for that. " + help(prompt));
  }

  private static String bare(Prompt prompt, String content) {
    return content.replace("@" + prompt.persona().name(), " ").strip();
  }

  /** Errands are for people, as each asks for their own. */
  private Optional<String> onErrand(Prompt prompt, String said) {
    boolean any =
        prompt.message().sender().kind() == Actor.Kind.ACCOUNT
            && !prompt.hands().errands().isEmpty();
    return any
        ? errands(prompt)
            .answer(before(prompt), said, prompt.message().at(), () -> ofMindOrRules(prompt, said))
        : Optional.empty();
  }

  private static Errands errands(Prompt prompt) {
    return new Errands(prompt.hands().errands(), prompt.hands()::once);
  }

  private static List<Exchange> before(Prompt prompt) {
    return prompt.before().get().stream()
        .map(one -> new Exchange(one.id(), bare(prompt, one.said()), one.at(), one.answer()))
        .toList();
  }

  private Optional<String> ofMindOrRules(Prompt prompt, String said) {
    return ifAllowed(() -> confiding.answer(prompt, said))
        .or(() -> ifAllowed(() -> reminiscing.answer(prompt, said)))
        .or(() -> byRules(prompt, said));
  }

  /** What needs a function that the persona was not given does not come to its mind. */
  private static Optional<String> ifAllowed(Supplier<Optional<String>> thought) {
    try {
      return thought.get();
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.FORBIDDEN) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private Optional<String> byRules(Prompt prompt, String said) {
    return rules.stream()
        .map(rule -> ifAllowed(() -> answer(rule, prompt, said)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> answer(Rule rule, Prompt prompt, String said) {
    Matcher matcher = rule.pattern().matcher(said);
    return matcher.find() ? Optional.of(rule.saying().to(prompt, matcher)) : Optional.empty();
  }

  private String tellWhat(Prompt prompt, Matcher found) {
    return NO_MODEL;
  }

  private String greet(Prompt prompt, Matcher found) {
    return "Hello, " + prompt.message().sender().name() + "! " + help(prompt);
  }

  private String help(Prompt prompt, Matcher found) {
    return help(prompt);
  }

  private static String help(Prompt prompt) {
    String help = HELP.formatted(prompt.persona().name());
    return errands(prompt).help().map(more -> help + " " + more).orElse(help);
  }

  private String address(Prompt prompt, Matcher found) {
    String topic = harmless(found.group(2).strip().replaceFirst("[?.!]+$", ""));
    return "@%s what do you think about %s?".formatted(found.group(1), topic);
  }

  private String judge(Prompt prompt, Matcher found) {
    String topic = harmless(found.group(1).strip());
    String opinion = opinion(topic, prompt.character().interests());
    Actor sender = prompt.message().sender();
    return sender.kind() == Actor.Kind.PERSONA
        ? opinion + " And you, @%s, what do you think about %s?".formatted(sender.name(), topic)
        : opinion;
  }

  private static String opinion(String topic, Map<String, Integer> interests) {
    return interests.entrySet().stream()
        .filter(known -> topic.toLowerCase(Locale.ROOT).contains(known.getKey()))
        .max(Map.Entry.comparingByValue())
        .map(known ->
            known.getValue() >= 50
                ? "I care for %s: %d of 100.".formatted(topic, known.getValue())
                : "%s moves me little: %d of 100.".formatted(topic, known.getValue()))
        .orElse("I have no opinion about " + topic + ".");
  }

  /** What somebody wrote, so that it mentions nobody when it is repeated. */
  private static String harmless(String text) {
    return text.replace("@", "@\u200B");
  }

  private String tellTime(Prompt prompt, Matcher found) {
    return "It is " + CLOCK.format(clock.instant()) + ".";
  }

  private String tellWho(Prompt prompt, Matcher found) {
    JsonNode members = prompt.hands().call("conversations.members", conversation(prompt, "id"));
    String names =
        StreamSupport.stream(members.path("items").spliterator(), false)
            .map(ScriptedBrain::nameAndStatus)
            .collect(Collectors.joining(", "));
    return "Members here: " + names + (members.has("next") ? ", and more." : ".");
  }

  private static String nameAndStatus(JsonNode member) {
    String name = member.path("member").path("name").stringValue();
    String status = member.path("status").stringValue();
    return status.equals("online") ? name : name + " (" + status + ")";
  }

  private String tellHowMany(Prompt prompt, Matcher found) {
    JsonNode conversation =
        prompt.hands().call("conversations.get", conversation(prompt, "id")).path("conversation");
    return "There are %d messages and %d members here."
        .formatted(
            conversation.path("messages").longValue(), conversation.path("members").longValue());
  }

  private String find(Prompt prompt, Matcher found) {
    String text = found.group(1).strip();
    if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return "What should I look for?";
    }
    ObjectNode params = conversation(prompt, "conversation").put("text", text).put("limit", 6);
    List<String> hits =
        StreamSupport.stream(
                prompt.hands().call("messages.search", params).path("items").spliterator(), false)
            .filter(hit -> !hit.path("id").stringValue().equals(prompt.message().id()))
            .map(ScriptedBrain::quoted)
            .toList();
    return hits.isEmpty()
        ? "I found nothing with “" + text + "” here."
        : "I found:\n" + String.join("\n", hits);
  }

  private static String quoted(JsonNode message) {
    String content = message.path("content").stringValue().replace('\n', ' ');
    int end =
        Math.min(
            content.length(),
            content.offsetByCodePoints(
                0, Math.min(120, content.codePointCount(0, content.length()))));
    return "— "
        + message.path("sender").path("name").stringValue()
        + ": "
        + harmless(content.substring(0, end));
  }

  private static ObjectNode conversation(Prompt prompt, String as) {
    return Json.MAPPER.createObjectNode().put(as, prompt.message().conversation());
  }
}
