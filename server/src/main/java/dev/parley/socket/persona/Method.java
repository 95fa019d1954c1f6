package dev.parley.socket.persona;

import dev.parley.calls.Outcome;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Structure;
import dev.parley.functions.Text;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A method of the dialect.
 *
 * @param input reads the parameters
 */
record Method<I>(String name, Function<JsonNode, I> input, Later<I> meaning) {
  private static final Logger LOG = LoggerFactory.getLogger(Method.class);

  /** What a method comes to. */
  @FunctionalInterface
  interface Now<I> {
    Object answer(Visit visit, I input);
  }

  /** What a method comes to when somebody else has done their part. */
  @FunctionalInterface
  interface Later<I> {
    CompletionStage<?> answer(Visit visit, I input);
  }

  /** No parameters. */
  record Nothing() {}

  /** A persona, or if none is named the one that is selected. */
  record Perhaps(@Text(min = 1, max = 64) Optional<String> personaId) {}

  /** One that is answered at once. */
  static <I extends Record> Method<I> of(String name, Class<I> type, Now<I> meaning) {
    return waiting(name, type, atOnce(meaning));
  }

  /** One that is answered when what it began has led to something. */
  static <I extends Record> Method<I> waiting(String name, Class<I> type, Later<I> meaning) {
    Structure params = Words.of(type);
    return new Method<>(name, given -> read(given, params, type), meaning);
  }

  /** One that has no meaning here, whatever it is given: says why, and what to use instead. */
  static Method<JsonNode> without(String name, String why) {
    return new Method<>(
        name,
        given -> given,
        (visit, given) -> CompletableFuture.failedStage(Refusal.conflict(why)));
  }

  private static <I> I read(JsonNode given, Structure params, Class<I> type) {
    params.check(given, "");
    return Words.MAPPER.treeToValue(given, type);
  }

  private static <I> Later<I> atOnce(Now<I> meaning) {
    return (visit, input) -> CompletableFuture.completedFuture(meaning.answer(visit, input));
  }

  /** Begins to answer. */
  void begin(Visit visit, JsonNode given, Consumer<Outcome> then) {
    CompletionStage<?> answer;
    try {
      visit.requireSignedIn();
      answer = meaning.answer(visit, input.apply(given));
    } catch (RuntimeException failure) {
      answer = CompletableFuture.failedStage(failure);
    }
    answer.whenComplete((result, failure) ->
        then.accept(
            failure == null
                ? new Outcome.Answered(Words.MAPPER.writeValueAsBytes(result))
                : visit.refused(inWords(visit, failure))));
  }

  private Refusal inWords(Visit visit, Throwable failure) {
    return switch (failure) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          inWords(visit, wrapped.getCause());
      case Refusal refusal -> refusal;
      case InvalidInput invalid ->
          new Refusal(
              ErrorCode.INVALID_PARAMS, invalid.getMessage(), Map.of("field", invalid.field()));
      default -> {
        LOG.atError()
            .addKeyValue("requestId", visit.requestId())
            .addKeyValue("method", name)
            .setCause(failure)
            .log("a call failed unexpectedly");
        yield new Refusal(ErrorCode.INTERNAL_ERROR, "Something went wrong here", Map.of());
      }
    };
  }
}
