package dev.parley.functions;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A function, what it is to be called with, and what to do if others change that meanwhile.
 *
 * @param <C> the context of the call
 * @param <O> the result
 */
public final class Invocation<C, O> {
  private final Optional<Function<C, ?, O>> function;
  private final String name;
  private final C call;
  private final Given given;
  private final Optional<OnConflict> onConflict;

  /** What the function is given. */
  sealed interface Given {
    record Input(Object input) implements Given {}

    record Params(JsonNode params) implements Given {}
  }

  private Invocation(
      Optional<Function<C, ?, O>> function,
      String name,
      C call,
      Given given,
      Optional<OnConflict> onConflict) {
    this.function = function;
    this.name = name;
    this.call = call;
    this.given = given;
    this.onConflict = onConflict;
  }

  /** Of a registered function with its input. */
  public static <C, I, O> Invocation<C, O> of(C call, Function<C, I, O> function, I input) {
    return new Invocation<>(
        Optional.of(function), function.name(), call, new Given.Input(input), Optional.empty());
  }

  /** Of a function by name, with parameters as JSON; entities are given by address. */
  public static <C> Invocation<C, Object> of(C call, String name, JsonNode params) {
    return new Invocation<>(
        Optional.empty(), name, call, new Given.Params(params), Optional.empty());
  }

  /** The same with another policy than the function's. */
  public Invocation<C, O> with(OnConflict other) {
    return new Invocation<>(function, name, call, given, Optional.of(other));
  }

  String name() {
    return name;
  }

  C call() {
    return call;
  }

  Given given() {
    return given;
  }

  /**
   * @throws IllegalArgumentException if no such function is registered
   */
  Registered<C> in(Registry<C> registry) {
    Registered<C> found =
        registry
            .find(name)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no function " + Json.shown(name)));
    if (function.isPresent() && function.get() != found.function()) {
      throw new IllegalArgumentException(name + " is registered as another function");
    }
    return found;
  }

  OnConflict onConflict(Function<C, ?, ?> called) {
    return onConflict.or(() -> called.attribute(OnConflict.class)).orElse(OnConflict.REJECT);
  }
}
