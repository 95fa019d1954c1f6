package dev.parley.calls;

import dev.parley.functions.InvalidInput;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import dev.parley.functions.Registry;
import dev.parley.store.Conflict;
import dev.parley.store.StatementCount;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Failure;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Runs calls: finds the function, checks that the caller may, and puts every failure in words. */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Registry<Call> registry;
  private final Observer observer;
  private final AtomicInteger running = new AtomicInteger();
  private volatile boolean closed;

  /** Hears of every call that ended, for metrics. */
  @FunctionalInterface
  public interface Observer {
    /**
     * @param function its name, or {@code unknown}
     * @param outcome {@code ok} or the word of the error
     * @param statements how many the call asked the database
     */
    void ended(String function, String outcome, long nanos, long statements);
  }

  public Dispatcher(Registry<Call> registry, Observer observer) {
    this.registry = registry;
    this.observer = observer;
  }

  public Registry<Call> registry() {
    return registry;
  }

  /** Runs one call on the current (virtual) thread. Never throws. */
  public Outcome dispatch(Call call, String name, JsonNode params) {
    running.incrementAndGet();
    try {
      return closed
          ? refused(call, Refusal.unavailable("The server is shutting down"))
          : run(call, name, params);
    } finally {
      running.decrementAndGet();
    }
  }

  private Outcome run(Call call, String name, JsonNode params) {
    long start = System.nanoTime();
    Optional<Registered<Call>> function = registry.find(name);
    StatementCount statements = new StatementCount();
    Outcome outcome =
        function
            .map(known -> statements.during(() -> run(call, known, params)))
            .orElseGet(() -> unknown(call, name));
    observer.ended(
        function.map(Registered::name).orElse("unknown"),
        word(outcome),
        System.nanoTime() - start,
        statements.sum());
    return outcome;
  }

  /** Takes no more calls, and waits a while for those under way. */
  public void drain(Duration patience) throws InterruptedException {
    closed = true;
    for (long left = patience.toMillis(); running.get() > 0 && left > 0; left -= 10) {
      Thread.sleep(10);
    }
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> "ok";
      case Outcome.Repeated repeated -> "repeated";
      case Outcome.Refused refused -> refused.failure().code().word();
    };
  }

  private Outcome unknown(Call call, String name) {
    if (call.maybeCaller().isEmpty()) {
      return refused(call, Refusal.unauthenticated("Sign in first"));
    }
    return refused(
        call,
        new Refusal(
            ErrorCode.METHOD_NOT_FOUND, "There is no function " + Json.shown(name), Map.of()));
  }

  private Outcome run(Call call, Registered<Call> function, JsonNode params) {
    try {
      checkPermission(call, function);
      call.of(function.name());
      byte[] result = function.call(call, params);
      return new Outcome.Answered(
          FieldSelection.of(params)
              .map(fields -> fields.checked(function.outputSchema()).in(result))
              .orElse(result));
    } catch (Refusal refusal) {
      return refused(call, refusal);
    } catch (InvalidInput invalid) {
      return refused(
          call,
          new Refusal(
              ErrorCode.INVALID_PARAMS, invalid.getMessage(), Map.of("field", invalid.field())));
    } catch (Conflict conflict) {
      return conflict.guard().equals(Conflict.IDEMPOTENCY)
          ? new Outcome.Repeated()
          : refused(call, Refusal.conflict("Somebody else changed this meanwhile; try again"));
    } catch (JacksonException unbindable) {
      return refused(
          call, new Refusal(ErrorCode.INVALID_PARAMS, "The parameters do not fit", Map.of()));
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.atError()
          .addKeyValue("requestId", call.id())
          .addKeyValue("function", function.name())
          .setCause(bug)
          .log("a call failed unexpectedly");
      return refused(
          call, new Refusal(ErrorCode.INTERNAL_ERROR, "Something went wrong here", Map.of()));
    }
  }

  private static void checkPermission(Call call, Registered<Call> function) {
    boolean strangersSocket = call.maybeConnection().isPresent() && call.maybeCaller().isEmpty();
    if (strangersSocket && !function.function().attributes().contains(Mark.BEFORE_SIGN_IN)) {
      throw Refusal.unauthenticated("Sign in first");
    }
    Permission needed = permission(function);
    if (needed != Permission.OPEN && !call.caller().may(needed)) {
      throw Refusal.forbidden("This needs the permission " + needed.word());
    }
    if (function.function().attributes().contains(Mark.SOCKET_ONLY)
        && call.maybeConnection().isEmpty()) {
      throw new Refusal(
          ErrorCode.METHOD_NOT_FOUND, function.name() + " exists on sockets only", Map.of());
    }
  }

  /** What a caller needs for a function. One that names nothing is for administrators. */
  public static Permission permission(Registered<Call> function) {
    return function.function().attribute(Permission.class).orElse(Permission.ADMIN);
  }

  /** Puts a refusal in the form that leaves the server. */
  public static Outcome.Refused refused(Call call, Refusal refusal) {
    return new Outcome.Refused(
        new Failure(refusal.code(), refusal.getMessage(), refusal.data(), call.id()));
  }
}
