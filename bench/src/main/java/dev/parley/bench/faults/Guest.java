package dev.parley.bench.faults;

import dev.parley.bench.Client;
import dev.parley.bench.LoadFailure;
import dev.parley.bench.Refused;
import dev.parley.bench.Stamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * A client of a room that does what a good client does: whenever its line is lost it comes back and
 * reads on after the last place it has; a post whose outcome it does not know it sends again with
 * the same {@code clientId}. It writes down everything.
 */
final class Guest implements AutoCloseable {
  private static final int RETURN_MILLIS = 100;
  private static final int RETRY_MILLIS = 50;
  private static final int POLL_MILLIS = 10;
  private static final int ATTEMPTS = 10;

  /** Of WIRE: unavailable, overloaded, rate limited, and what ends with a fault's end. */
  private static final Set<Integer> LATER = Set.of(-32007, -32008, -32005);

  private final int id;
  private final History history;
  private final Client client;
  private final String token;
  private final Random random;
  private final Thread keeper;
  private volatile CompletableFuture<Line> line = new CompletableFuture<>();
  private volatile boolean gone;
  private volatile long position;
  private volatile String epoch = "";

  Guest(int id, History history, Client client, String token, long seed) {
    this.id = id;
    this.history = history;
    this.client = client;
    this.token = token;
    this.random = new Random(seed);
    this.keeper = Thread.ofVirtual().name("guest-" + id).start(this::stay);
  }

  int id() {
    return id;
  }

  String room() {
    return history.room();
  }

  /** The last place it has of the room's log. */
  long position() {
    return position;
  }

  private void stay() {
    while (!gone) {
      try {
        String why = stayAsLongAsItLasts();
        if (!gone) {
          history.add(new Happening.Lost(id, why));
          Thread.sleep(random.nextInt(RETURN_MILLIS));
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private String stayAsLongAsItLasts() throws InterruptedException {
    try {
      Line opened = new Line(this, client, token);
      CompletableFuture<Line> promised = line;
      try {
        opened.subscribe(place());
        promised.complete(opened);
        return opened.awaitEnd();
      } finally {
        line = new CompletableFuture<>();
        opened.abandon("left");
      }
    } catch (LoadFailure | Refused away) {
      return String.valueOf(away.getMessage());
    }
  }

  private Map<String, Object> place() {
    Map<String, Object> params = new HashMap<>();
    params.put("id", history.room());
    params.put("afterSeq", position);
    if (!epoch.isEmpty()) {
      params.put("epoch", epoch);
    }
    return params;
  }

  synchronized void subscribed(Line on, JsonNode result) {
    if (!on.isOver()) {
      epoch = result.path("epoch").asString("");
      history.add(
          new Happening.Subscribed(
              id,
              position,
              result.path("seq").asLong(-1),
              epoch,
              result.path("recovered").asBoolean(false)));
    }
  }

  synchronized void received(Line on, long seq, long number) {
    if (!on.isOver()) {
      position = Math.max(position, seq);
      history.add(new Happening.Received(id, seq, number));
    }
  }

  /** Posts, again and again if need be, until it is acknowledged or refused for good. */
  void post(long number, int size) throws InterruptedException {
    Map<String, Object> params =
        Map.of(
            "conversation", history.room(),
            "content", Stamp.text(0, number, size),
            "clientId", "post-" + number);
    while (!attempt(number, params)) {
      Thread.sleep(random.nextInt(RETRY_MILLIS));
    }
  }

  private boolean attempt(long number, Map<String, Object> params) throws InterruptedException {
    Line on = line();
    history.add(new Happening.Sent(id, number));
    try {
      JsonNode message = on.call("messages.post", params).path("message");
      long shown = Stamp.number(message.path("content").asString(""));
      history.add(new Happening.Acknowledged(id, number, message.path("seq").asLong(-1), shown));
      return true;
    } catch (Refused refused) {
      String why = String.valueOf(refused.getMessage());
      boolean later = LATER.contains(refused.code());
      history.add(
          later ? new Happening.Unknown(id, number, why) : new Happening.Refused(id, number, why));
      return !later;
    } catch (LoadFailure unknown) {
      history.add(new Happening.Unknown(id, number, String.valueOf(unknown.getMessage())));
      abandon(on, "no answer");
      return false;
    }
  }

  /** Under the lock, so that nothing of the old line is written down once there is a new one. */
  private synchronized void abandon(Line on, String why) {
    on.abandon(why);
  }

  /** Calls a function that only reads, on another line if one does not last. */
  JsonNode call(String method, Map<String, ?> params) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return line().call(method, params);
      } catch (LoadFailure | Refused failed) {
        if (attempt == ATTEMPTS) {
          throw failed;
        }
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  private Line line() throws InterruptedException {
    while (true) {
      try {
        return line.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        continue;
      } catch (ExecutionException never) {
        throw new IllegalStateException(never);
      }
    }
  }

  @Override
  public void close() {
    gone = true;
    keeper.interrupt();
  }
}
