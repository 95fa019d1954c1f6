package dev.parley.functions;

/**
 * What a function does.
 *
 * @param <C> the context of a call: who calls, through what
 * @param <I> the input record
 * @param <O> the output record
 */
@FunctionalInterface
public interface Handler<C, I, O> {
  O handle(C call, I input);
}
