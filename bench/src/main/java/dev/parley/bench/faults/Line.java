package dev.parley.bench.faults;

import dev.parley.bench.Client;
import dev.parley.bench.Connection;
import dev.parley.bench.LoadFailure;
import dev.parley.bench.Receiver;
import dev.parley.bench.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** One connection of a guest, from its opening until it is lost or given up. */
final class Line implements Receiver {
  private static final int PATIENCE_MILLIS = 3_000;

  private final Guest guest;
  private final CompletableFuture<String> over = new CompletableFuture<>();
  private final Connection connection;

  /**
   * Opens it.
   *
   * @throws LoadFailure if it cannot be had now
   */
  Line(Guest guest, Client client, String token) throws InterruptedException {
    this.guest = guest;
    CompletableFuture<Connection> opening = client.connect(Optional.of(token));
    try {
      this.connection = within(opening);
    } catch (LoadFailure late) {
      var _ = opening.thenAccept(Connection::leave);
      throw late;
    }
    connection.receiver(this);
  }

  /** Calls a function. What {@code read} does is done before anything that follows is received. */
  JsonNode call(String method, Map<String, ?> params) throws InterruptedException {
    return within(connection.call(method, params));
  }

  /** Takes the room's log from the guest's place on. */
  void subscribe(Map<String, ?> params) throws InterruptedException {
    within(
        connection.call(
            "conversations.subscribe",
            params,
            result -> {
              guest.subscribed(this, result);
              return result;
            }));
  }

  private static <T> T within(CompletableFuture<T> outcome) throws InterruptedException {
    try {
      return outcome.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Refused refused
          ? refused
          : new LoadFailure(String.valueOf(e.getCause()));
    } catch (TimeoutException _) {
      throw new LoadFailure("no answer within " + PATIENCE_MILLIS + " ms");
    }
  }

  /** Waits until it is lost; why. */
  String awaitEnd() throws InterruptedException {
    try {
      return over.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isOver() {
    return over.isDone();
  }

  /** Gives it up: nothing that still comes over it counts. */
  void abandon(String why) {
    if (over.complete(why)) {
      connection.leave();
    }
  }

  @Override
  public void lost(String why) {
    over.complete(why);
  }

  @Override
  public void message(long seq, long number, long intended) {
    guest.received(this, seq, number);
  }

  @Override
  public void logged(long seq) {
    guest.received(this, seq, Happening.NO_POST);
  }

  @Override
  public void acknowledged(long seq, long number, long intended) {}

  @Override
  public void refused(Refused refusal) {}
}
