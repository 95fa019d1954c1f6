package dev.parley.functions;

import java.util.concurrent.CompletionStage;

/**
 * What a function does.
 *
 * @param <C> the context of a call: who calls, through what
 * @param <I> the input record
 * @param <O> the output
 */
@FunctionalInterface
public interface Handler<C, I, O> {
  O handle(C call, I input);

  /** One that answers later. */
  @FunctionalInterface
  interface Later<C, I, O> {
    CompletionStage<O> handle(C call, I input);
  }

  /** One that tells where the attributes of its results came from. */
  @FunctionalInterface
  interface Traced<C, I, O> {
    O handle(C call, I input, Origins origins);
  }
}
