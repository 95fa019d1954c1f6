package dev.parley.functions;

import dev.parley.entities.Cause;
import dev.parley.entities.Commit;
import dev.parley.entities.HeadMoved;
import dev.parley.entities.Lineage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One call under way: binds its input, runs the function, keeps what it changed, takes it down. */
final class Run<C, O> {
  /** The longest excerpt of an input, in characters. */
  private static final int MAX_VALUES = 1_000;

  private static final int MAX_ERROR = 500;

  private final Calls<C> calls;
  private final Invocation<C, O> invocation;
  private final Caller caller;
  private final String id = Lineage.fresh().value();
  private final Instant started;
  private final long nanos;
  private Inputs inputs;
  private Origins origins = new Origins();
  private Optional<Effects.Kept> kept = Optional.empty();
  private String values = "";
  private int attempts;

  Run(Calls<C> calls, Invocation<C, O> invocation) {
    this.calls = calls;
    this.invocation = invocation;
    this.caller = calls.callers.apply(invocation.call());
    this.inputs = new Inputs(calls.repository);
    this.started = calls.timing.clock().instant();
    this.nanos = calls.timing.nanos().getAsLong();
  }

  Outcome<O> go() {
    O result;
    try {
      calls.events.requireShallow(invocation.name());
      tellStart();
      result = run(invocation.in(calls.registry));
    } catch (RuntimeException | Error error) {
      return failed(error);
    }
    return done(result);
  }

  private void tellStart() {
    if (calls.events.hears(Event.Started.class)) {
      calls.events.tell(new Event.Started(id, invocation.name(), caller, started));
    }
  }

  private Outcome<O> done(O result) {
    Execution execution = execution(null);
    calls.provenance.add(execution);
    if (calls.events.hears(Event.Completed.class)) {
      calls.events.tell(new Event.Completed(execution));
    }
    return new Outcome.Done<>(result, execution);
  }

  private Outcome<O> failed(Throwable error) {
    kept = Optional.empty();
    Execution execution = execution(error);
    calls.provenance.add(execution);
    if (calls.events.hears(Event.Failed.class) && !(error instanceof Looping)) {
      calls.events.tell(new Event.Failed(execution));
    }
    return new Outcome.Failed<>(error, execution);
  }

  private Execution execution(@Nullable Throwable error) {
    Duration duration = Duration.ofNanos(calls.timing.nanos().getAsLong() - nanos);
    Optional<Commit> commit = kept.flatMap(Effects.Kept::commit);
    return new Execution(
        id,
        Json.shown(invocation.name()),
        caller,
        inputs.addresses(),
        values,
        kept.map(Effects.Kept::outputs).orElse(List.of()),
        kept.map(k -> origins.of(k::version)).orElse(List.of()),
        commit.map(c -> OptionalLong.of(c.stamp().version())).orElse(OptionalLong.empty()),
        started,
        duration,
        attempts,
        Optional.ofNullable(error).map(Run::shown));
  }

  private static String shown(Throwable error) {
    String message = error.getMessage();
    String text = message == null ? error.getClass().getSimpleName() : message;
    return text.length() <= MAX_ERROR ? text : text.substring(0, MAX_ERROR) + "…";
  }

  private O run(Registered<C> function) {
    takeDownValues(function);
    OnConflict onConflict = invocation.onConflict(function.function());
    while (true) {
      Object input = freshInput(function);
      try {
        return once(function, input, onConflict);
      } catch (HeadMoved moved) {
        if (onConflict != OnConflict.RETRY
            || attempts >= Calls.MAX_ATTEMPTS
            || inputs.isPinned(moved.lineage())) {
          throw moved;
        }
        giveWay();
      }
    }
  }

  private void takeDownValues(Registered<C> function) {
    if (function.function().attribute(Recording.class).isEmpty()) {
      values =
          switch (invocation.given()) {
            case Invocation.Given.Input given -> Excerpt.of(given.input(), MAX_VALUES);
            case Invocation.Given.Params given -> Excerpt.of(given.params(), MAX_VALUES);
          };
    }
  }

  /** The longer it goes on, the longer others are let pass, up to a millisecond. */
  private void giveWay() {
    if (attempts > 2) {
      LockSupport.parkNanos(
          ThreadLocalRandom.current().nextLong(1_000L * Math.min(attempts, 1_000)));
    }
  }

  private Object freshInput(Registered<C> function) {
    inputs = new Inputs(calls.repository);
    origins = new Origins();
    return input(function);
  }

  @SuppressWarnings("unchecked")
  private O once(Registered<C> function, Object input, OnConflict onConflict) {
    attempts++;
    Object result = function.go(invocation.call(), input, origins);
    return (O) (function.worksOnEntities() ? keep(function, result, onConflict) : result);
  }

  private Object input(Registered<C> function) {
    return switch (invocation.given()) {
      case Invocation.Given.Params given -> function.bind(given.params(), inputs::resolve);
      case Invocation.Given.Input given when function.takes().isEmpty() -> given.input();
      case Invocation.Given.Input given ->
          function
              .takes()
              .get()
              .map(given.input(), attempts == 0 ? inputs::take : inputs::takeNewest);
    };
  }

  private Object keep(Registered<C> function, Object result, OnConflict onConflict) {
    Effects effects = new Effects(calls.repository, onConflict, inputs);
    function.gives().ifPresent(holding -> holding.map(result, effects::answer));
    Effects.Kept now = effects.commit(cause(), !function.function().readOnly());
    kept = Optional.of(now);
    return function.gives().map(holding -> holding.map(result, now::version)).orElse(result);
  }

  private Cause cause() {
    return new Cause(id, invocation.name(), caller.actor(), caller.onBehalfOf());
  }
}
