package dev.parley.personas.models;

import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.parley.wire.Refusal;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a model, once more if it failed before its first word, and not at all for a while when it
 * has failed often.
 */
final class Asking {
  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
  private static final int ATTEMPTS = 2;
  private static final int FAILURES_IN_A_ROW = 5;
  private static final Duration REST = Duration.ofSeconds(30);

  private final String name;
  private final StreamingChatModel model;
  private final Duration deadline;
  private final CircuitBreaker breaker;

  Asking(String name, StreamingChatModel model, Duration deadline, InstantSource clock) {
    this.name = name;
    this.model = model;
    this.deadline = deadline;
    this.breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindowSize(FAILURES_IN_A_ROW)
                .minimumNumberOfCalls(FAILURES_IN_A_ROW)
                .failureRateThreshold(100)
                .waitDurationInOpenState(REST)
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock.withZone(ZoneOffset.UTC))
                .build());
  }

  /** Whether the model would be asked now. */
  boolean isAvailable() {
    return breaker.getState() != CircuitBreaker.State.OPEN;
  }

  /**
   * Asks, and waits for the end of what is written.
   *
   * @throws Refusal {@code unavailable}, with why
   * @throws InterruptedException if nobody waits any more; then the model is stopped
   */
  Writing.Written ask(ChatRequest request, int mostTokens, Consumer<String> drafts)
      throws InterruptedException {
    long until = System.nanoTime() + deadline.toNanos();
    for (int attempt = 1; ; attempt++) {
      Writing writing = new Writing(drafts, mostTokens);
      try {
        return once(request, writing, until);
      } catch (Failed failed) {
        boolean again = attempt < ATTEMPTS && writing.isBlank() && failed.mayPass();
        LOG.warn(
            "{} failed{}: {}", name, again ? ", and is asked again" : "", failed.why().toString());
        if (!again) {
          throw Refusal.unavailable(failed.inWords());
        }
      }
    }
  }

  private Writing.Written once(ChatRequest request, Writing writing, long until)
      throws InterruptedException, Failed {
    if (!breaker.tryAcquirePermission()) {
      throw Refusal.unavailable(
          "The model has failed too often and is left alone for %d s".formatted(REST.toSeconds()));
    }
    long begun = System.nanoTime();
    try {
      model.chat(request, writing);
      Writing.Written written =
          writing.written().get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
      return written;
    } catch (InterruptedException cancelled) {
      breaker.releasePermission();
      throw cancelled;
    } catch (TimeoutException late) {
      throw failed(begun, late);
    } catch (ExecutionException broken) {
      throw failed(begun, broken.getCause() == null ? broken : broken.getCause());
    } catch (RuntimeException refused) {
      throw failed(begun, refused);
    } finally {
      writing.stop();
    }
  }

  private Failed failed(long begun, Throwable why) {
    breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, why);
    return new Failed(why, deadline);
  }

  /** The model did not answer. */
  private static final class Failed extends Exception {
    private final Throwable why;
    private final Duration deadline;

    Failed(Throwable why, Duration deadline) {
      super(why);
      this.why = why;
      this.deadline = deadline;
    }

    Throwable why() {
      return why;
    }

    boolean mayPass() {
      return why instanceof RetriableException || root() instanceof IOException;
    }

    private Throwable root() {
      Throwable root = why;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return root;
    }

    String inWords() {
      if (why instanceof TimeoutException) {
        return "The model took longer than %d s".formatted(deadline.toSeconds());
      }
      if (root() instanceof ConnectException) {
        return "The model cannot be reached";
      }
      return root() instanceof IOException
          ? "The model broke off in the middle of its answer"
          : "The model answered with an error";
    }
  }
}
