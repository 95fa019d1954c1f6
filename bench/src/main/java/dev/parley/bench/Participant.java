package dev.parley.bench;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A connection in its room: checks and times what it receives, and posts if it has a poster. Used
 * on its event loop only, unless said otherwise.
 */
final class Participant implements Receiver {
  private final Connection connection;
  private final Room room;
  private final Lane lane;
  private Order order = new Order(0);
  private Optional<Poster> poster = Optional.empty();

  Participant(Connection connection, Room room) {
    this.connection = connection;
    this.room = room;
    lane = connection.lane();
  }

  /** Subscribes to the room; from there on no event may be missing. Safe for all threads. */
  CompletableFuture<?> subscribe() {
    connection.receiver(this);
    return connection.call(
        "conversations.subscribe",
        Map.of("id", room.id()),
        result -> order = new Order(result.path("seq").asLong(0)));
  }

  /** Lets it post as well. Call it before the run starts. Safe for all threads. */
  void poster(Poster newPoster) {
    lane.loop().execute(() -> poster = Optional.of(newPoster));
    newPoster.start();
  }

  Connection connection() {
    return connection;
  }

  Room room() {
    return room;
  }

  @Override
  public void message(long seq, long number, long intended) {
    order.next(seq);
    lane.tally().delivered.increment();
    lane.latencies().delivered(intended, lane.received());
    if (!room.delivered(seq, number)) {
      lane.tally().disagreements.increment();
    }
  }

  @Override
  public void logged(long seq) {
    order.next(seq);
    lane.tally().others.increment();
  }

  @Override
  public void acknowledged(long seq, long number, long intended) {
    lane.tally().acknowledged.increment();
    lane.latencies().acknowledged(intended, lane.received());
    if (!room.acknowledged(seq, number)) {
      lane.tally().disagreements.increment();
    }
    poster.ifPresent(Poster::acknowledged);
  }

  @Override
  public void refused(Refused refusal) {
    lane.tally().refused(refusal);
    poster.ifPresent(present -> present.refused(refusal));
  }

  @Override
  public void lost(String why) {
    lane.tally().lost(why);
  }

  /** Adds what this reader has seen, and has not seen, so far. */
  void addTo(Defects defects) {
    defects.add(order, room.head());
  }
}
