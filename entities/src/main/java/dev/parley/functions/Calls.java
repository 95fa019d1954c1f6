package dev.parley.functions;

import dev.parley.entities.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * Runs registered functions on the entities of a repository.
 *
 * <pre>{@code
 * record Rename(Persona persona, String name) {}
 *
 * static Persona rename(String caller, Rename input) {
 *   return input.persona().named(input.name());
 * }
 *
 * var rename = Function.named("personas.rename", Rename.class, Persona.class)
 *     .with(OnConflict.RETRY)
 *     .handledBy(Personas::rename);
 * registry.add(rename);
 * Calls<String> calls = new Calls<>(repository, registry, events, provenance, Caller::of, Timing.SYSTEM);
 *
 * Persona renamed = calls.call("ada", rename, new Rename(persona, "Eve"));   // kept, with history
 * calls.call("ada", "personas.rename", json("{'persona': '@…', 'name': 'Eve'}"));  // by address
 * }</pre>
 *
 * <p>A handler gets immutable versions of its entities and answers with what they are to become,
 * alone or in records, lists, maps and Optionals. All that it changed is committed together once it
 * has returned; what it answers with is given to the caller as it was kept. An owned entity that is
 * answered changed is put into its tree. A call that fails changes nothing. Each call leaves an
 * {@link Execution}: which function, by whom, from what to what, how long it took, how it ended.
 *
 * <pre>{@code
 * Outcome<Persona> outcome = calls.run(Invocation.of("ada", rename, input).with(OnConflict.MERGE));
 * provenance.upstream(outcome.execution().outputs().getFirst().address());
 * calls.callAsync(Invocation.of("ada", rename, input)).thenAccept(done -> …);
 * List<Outcome<Persona>> outcomes = calls.callAll(List.of(one, another));
 * }</pre>
 *
 * @param <C> the context that every call carries
 */
public final class Calls<C> {
  /** How often a call runs at most, under {@link OnConflict#RETRY}. */
  public static final int MAX_ATTEMPTS = 1_000;

  final Repository repository;
  final Registry<C> registry;
  final Events events;
  final Provenance provenance;
  final java.util.function.Function<C, Caller> callers;
  final Timing timing;

  /**
   * @param callers tells who calls
   */
  public Calls(
      Repository repository,
      Registry<C> registry,
      Events events,
      Provenance provenance,
      java.util.function.Function<C, Caller> callers,
      Timing timing) {
    this.repository = repository;
    this.registry = registry;
    this.events = events;
    this.provenance = provenance;
    this.callers = callers;
    this.timing = timing;
  }

  /**
   * Calls a function.
   *
   * @return its result, with entities as they were kept
   * @throws dev.parley.entities.HeadMoved if others changed its inputs meanwhile, by policy
   * @throws dev.parley.entities.Refused if what it answered with cannot be kept
   * @throws RuntimeException what the function threw
   */
  public <I, O> O call(C call, Function<C, I, O> function, I input) {
    return run(Invocation.of(call, function, input)).orThrow();
  }

  /**
   * Calls a function by name, as a client does: entities are given by address, and answered so.
   *
   * @return its result as JSON, UTF-8
   * @throws InvalidInput if the parameters do not fit the schema, or an address leads nowhere
   */
  public byte[] call(C call, String name, JsonNode params) {
    Invocation<C, Object> invocation = Invocation.of(call, name, params);
    Object result = run(invocation).orThrow();
    return invocation.in(registry).write(result);
  }

  /** Makes a call on this thread. Does not throw: how it ended is in the outcome. */
  public <O> Outcome<O> run(Invocation<C, O> invocation) {
    return new Run<>(this, invocation).go();
  }

  /** Makes a call on a virtual thread of its own. */
  public <O> CompletableFuture<Outcome<O>> callAsync(Invocation<C, O> invocation) {
    CompletableFuture<Outcome<O>> outcome = new CompletableFuture<>();
    Thread.startVirtualThread(Chain.carrying(() -> outcome.complete(run(invocation))));
    return outcome;
  }

  /** Makes calls one after the other; one that fails does not stop those after it. */
  public <O> List<Outcome<O>> callAll(List<Invocation<C, O>> invocations) {
    List<Outcome<O>> outcomes = new ArrayList<>(invocations.size());
    invocations.forEach(invocation -> outcomes.add(run(invocation)));
    return List.copyOf(outcomes);
  }
}
