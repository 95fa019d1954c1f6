package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Socket;
import dev.parley.testing.User;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * A client as WIRE tells to write one: it fetches the room once, keeps it by events, and whenever
 * its line is lost it goes on after the last seq it has and fetches its list again. Its line is
 * lost often; now and then it forgets everything.
 */
final class Follower implements AutoCloseable {
  private static final int LOSES_ITS_LINE = 6;
  private static final int FORGETS = 4;

  private final User user;
  private final String room;
  private final Random random;
  private Socket socket;
  private KnownList list;
  private KnownRoom known;
  private long position;
  private String epoch = "";

  Follower(User user, String room, Random random) {
    this.user = user;
    this.room = room;
    this.random = random;
    this.socket = user.socket();
    this.list = KnownList.fetched(user);
    this.known = fetched();
    subscribe();
  }

  private KnownRoom fetched() {
    KnownRoom fresh = KnownRoom.fetched(user, room);
    position = fresh.asOf;
    return fresh;
  }

  private void subscribe() {
    String params =
        "{id: '%s', afterSeq: %d%s}"
            .formatted(room, position, epoch.isEmpty() ? "" : ", epoch: '%s'".formatted(epoch));
    JsonNode result = socket.call("conversations.subscribe", params);
    assertThat(result.path("recovered").booleanValue()).isTrue();
    epoch = result.path("epoch").stringValue();
  }

  /** Takes what has come, and perhaps loses its line. */
  void look() {
    socket.eventsSoFar().forEach(this::take);
    if (random.nextInt(LOSES_ITS_LINE) == 0) {
      socket.drop();
      socket = user.socket();
      list = KnownList.fetched(user);
      if (random.nextInt(FORGETS) == 0) {
        known = fetched();
      }
      subscribe();
    }
  }

  private void take(JsonNode event) {
    if (event.has("seq")) {
      assertThat(event.path("seq").longValue()).isEqualTo(position + 1);
      known.apply(event);
      position++;
    } else {
      list.apply(event);
    }
  }

  /** What it knows of the room once it has all up to a place. */
  KnownRoom roomAt(long seq) {
    while (position < seq) {
      take(socket.event());
    }
    return known;
  }

  /** What it knows of its conversations by now. */
  KnownList list() {
    socket.eventsSoFar().forEach(this::take);
    return list;
  }

  User user() {
    return user;
  }

  @Override
  public void close() {
    socket.close();
  }
}
