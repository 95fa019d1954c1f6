package dev.parley.personas.errand;

import dev.parley.functions.InvalidInput;
import dev.parley.functions.Registered;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Talks of errands: takes what was said, asks for what is missing, repeats all, and acts when told
 * to, once. It acts only on what it has just repeated, word for word.
 */
public final class Errands {
  /** How many of the asker's last messages a talk is worked out from. */
  public static final int READ = 40;

  private static final Set<ErrorCode> FINAL =
      EnumSet.of(
          ErrorCode.FORBIDDEN,
          ErrorCode.UNAUTHENTICATED,
          ErrorCode.METHOD_NOT_FOUND,
          ErrorCode.INTERNAL_ERROR);

  private final Catalog catalog;
  private final Doing doing;

  /**
   * @param functions what may be done
   */
  public Errands(Collection<? extends Registered<?>> functions, Doing doing) {
    this.catalog = Catalog.of(functions);
    this.doing = doing;
  }

  /** What can be asked for, in a sentence; empty if nothing can. */
  public Optional<String> help() {
    return catalog.errands().isEmpty()
        ? Optional.empty()
        : Optional.of(
            catalog.errands().stream()
                .map(Errand::label)
                .collect(
                    Collectors.joining(
                        "; ", "For you I can: ", ". Say which, and I ask what I need.")));
  }

  /**
   * Answers a message that is about an errand; empty if it is about none.
   *
   * @param before what the same person said and was answered in this conversation, in order
   * @param at when it was said
   * @param aside what is answered to what is about something else
   */
  public Optional<String> answer(
      List<Exchange> before, String said, Instant at, Supplier<Optional<String>> aside) {
    Optional<Dialogue> last = Dialogue.in(before, catalog);
    Optional<String> answer =
        last.filter(dialogue -> dialogue.isOpen(at))
            .map(dialogue -> goOn(dialogue, said, at, aside))
            .or(() -> begin(said, at));
    return answer.or(() -> last.map(over -> aside.get().orElseGet(() -> over(over))));
  }

  private static String over(Dialogue dialogue) {
    return dialogue.errands().map(Errand::label).collect(Collectors.joining(" / "))
        + ": that talk is over, as it took too long. Ask for it again, if you still want it.";
  }

  private Optional<String> begin(String said, Instant at) {
    List<Errand> wanted = Wish.in(said, at, catalog.errands());
    return switch (wanted.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(begin(wanted.getFirst(), said, at, Map.of()));
      default -> Optional.of(new Prompt.Which(wanted).line());
    };
  }

  private static String begin(
      Errand errand, String said, Instant at, Map<String, JsonNode> before) {
    return switch (Dialogue.opening(errand, said, at, before)) {
      case Meaning.Given given -> next(errand, with(before, given.values()));
      case Meaning.Wrong wrong -> reason(wrong.why()) + "\n" + next(errand, before);
      default -> next(errand, before);
    };
  }

  private static Map<String, JsonNode> with(
      Map<String, JsonNode> before, Map<String, JsonNode> more) {
    Map<String, JsonNode> all = new LinkedHashMap<>(before);
    all.putAll(more);
    return all;
  }

  private static String reason(InvalidInput why) {
    return "That does not do: " + Wording.harmless(why.getMessage()) + ".";
  }

  /** The first field that is missing, or everything repeated. */
  private static String next(Errand errand, Map<String, JsonNode> values) {
    return errand
        .missing(values)
        .map(field -> new Prompt.Ask(errand, field).line())
        .orElseGet(() -> Wording.summary(errand, values));
  }

  private String goOn(
      Dialogue dialogue, String said, Instant at, Supplier<Optional<String>> aside) {
    return switch (dialogue.prompt()) {
      case Prompt.Which which -> choose(dialogue, which, said, at, aside);
      case Prompt.Ask ask -> goOn(dialogue, ask.of(), Meaning.of(ask, said, at), aside);
      case Prompt.Confirm confirm ->
          goOn(
              dialogue,
              confirm.of(),
              Meaning.of(confirm, said, at, dialogue.values(confirm.of())),
              aside);
    };
  }

  private static String choose(
      Dialogue dialogue,
      Prompt.Which which,
      String said,
      Instant at,
      Supplier<Optional<String>> aside) {
    List<Errand> meant = Wish.among(which.errands(), said, at);
    if (Meaning.NO.matcher(said).matches()) {
      return nothingDone();
    }
    return meant.size() == 1
        ? begin(meant.getFirst(), said, at, dialogue.values(meant.getFirst()))
        : besides(aside, which.line());
  }

  private String goOn(
      Dialogue dialogue, Errand errand, Meaning meaning, Supplier<Optional<String>> aside) {
    Map<String, JsonNode> values = dialogue.values(errand);
    return switch (meaning) {
      case Meaning.Given given -> next(errand, with(values, given.values()));
      case Meaning.Wrong wrong -> reason(wrong.why()) + "\n" + again(dialogue, errand, values);
      case Meaning.Declined declined -> nothingDone();
      case Meaning.Aside other -> besides(aside, again(dialogue, errand, values));
      case Meaning.Agreed agreed -> agreed(dialogue, errand, values);
    };
  }

  private static String nothingDone() {
    return "All right: nothing is done.";
  }

  private static String besides(Supplier<Optional<String>> aside, String prompt) {
    return aside.get().orElse("I do not understand that here.") + "\n\n" + prompt;
  }

  /** What was asked last, with what is known now. */
  private static String again(Dialogue dialogue, Errand errand, Map<String, JsonNode> values) {
    return dialogue.prompt() instanceof Prompt.Ask ask ? ask.line() : next(errand, values);
  }

  private String agreed(Dialogue dialogue, Errand errand, Map<String, JsonNode> values) {
    boolean asRepeated =
        errand.missing(values).isEmpty()
            && dialogue.last().answer().endsWith(Wording.summary(errand, values));
    return asRepeated
        ? act(dialogue.last().id(), errand, values)
        : "What you said before has changed since.\n" + next(errand, values);
  }

  /** The message that was answered with the summary is what it is done for, and done once. */
  private String act(String key, Errand errand, Map<String, JsonNode> values) {
    try {
      JsonNode result = doing.once(key, errand.function().name(), errand.params(values));
      return Wording.done(errand, result);
    } catch (Refusal refusal) {
      return refused(errand, values, refusal);
    }
  }

  private static String refused(Errand errand, Map<String, JsonNode> values, Refusal refusal) {
    if (refusal.data().containsKey(Doing.REPEATED)) {
      return errand.label() + ": that was done already; what came of it, I do not know any more.";
    }
    String why =
        "%s was refused: %s."
            .formatted(
                errand.label(), Wording.harmless(refusal.getMessage()).replaceFirst("[.]$", ""));
    return FINAL.contains(refusal.code())
        ? why + " I leave it at that."
        : why
            + "\n"
            + culprit(errand, refusal)
                .map(field -> new Prompt.Ask(errand, field).line())
                .orElseGet(() -> Wording.summary(errand, values));
  }

  /** The field that a refusal is about: it says so, or it names that field and no other. */
  private static Optional<Field> culprit(Errand errand, Refusal refusal) {
    Optional<Field> said =
        Stream.ofNullable(refusal.data().get("field"))
            .flatMap(name -> errand.fields().filter(field -> field.name().equals(name)))
            .findFirst();
    List<Field> named =
        errand
            .fields()
            .filter(field ->
                Reading.pattern(".*\\b" + field.words() + "\\b.*")
                    .matcher(refusal.getMessage())
                    .matches())
            .toList();
    return said.or(() -> named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty());
  }
}
