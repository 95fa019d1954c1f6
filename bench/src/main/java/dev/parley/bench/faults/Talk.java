package dev.parley.bench.faults;

import dev.parley.bench.Client;
import dev.parley.bench.Connection;
import dev.parley.bench.LoadFailure;
import dev.parley.bench.Pause;
import dev.parley.bench.Stamp;
import dev.parley.bench.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** One room in which a few guests post and read, and some only read. */
final class Talk {
  private static final int POSTING = 3;
  private static final int READING = 2;
  private static final int AT_ONCE = 3;
  private static final int THINKING_MILLIS = 25;
  private static final int LONGEST = 16_000;
  private static final int LONG_ONES = 20;
  private static final int POLL_MILLIS = 10;
  private static final int PAGE = 100;
  private static final int MOST_TRIES = 60;
  private static final int PAUSE_MILLIS = 250;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final History history;
  private final Client client;
  private final List<String> tokens;
  private final Random seeds;
  private final List<Guest> guests = new ArrayList<>();
  private final ExecutorService posters = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean over;

  private Talk(String room, Client client, List<String> tokens, long seed) {
    this.history = new History(room);
    this.client = client;
    this.tokens = tokens;
    this.seeds = new Random(seed);
  }

  /** Makes a room and lets guests talk in it. */
  static Talk begin(Client client, List<String> tokens, long seed) {
    Talk talk = new Talk(room(client, tokens), client, tokens, seed);
    for (int i = 0; i < POSTING + READING; i++) {
      Guest guest = talk.welcome();
      for (int j = 0; j < AT_ONCE && i < POSTING; j++) {
        talk.letPost(guest, j, new Random(talk.seeds.nextLong()));
      }
    }
    return talk;
  }

  private static String room(Client client, List<String> tokens) {
    var room = Map.of("kind", "room", "title", "Faults", "visibility", "public");
    String id =
        call(client, tokens.getFirst(), "conversations.create", room)
            .at("/conversation/id")
            .asString("");
    tokens.stream()
        .skip(1)
        .forEach(token -> call(client, token, "conversations.join", Map.of("id", id)));
    return id;
  }

  /** What the round before has broken may still be on its way back. */
  private static JsonNode call(Client client, String token, String method, Map<String, ?> params) {
    for (int tries = 1; ; tries++) {
      try {
        return callOnce(client, token, method, params);
      } catch (LoadFailure away) {
        if (tries == MOST_TRIES) {
          throw away;
        }
        Pause.millis(PAUSE_MILLIS);
      }
    }
  }

  private static JsonNode callOnce(
      Client client, String token, String method, Map<String, ?> params) {
    Connection line = Waiting.on(client.connect(Optional.of(token)), "connecting");
    try {
      return Waiting.on(line.call(method, params), method);
    } finally {
      line.leave();
    }
  }

  private Guest welcome() {
    int id = guests.size() + 1;
    Guest guest = new Guest(id, history, client, tokens.get(id % tokens.size()), seeds.nextLong());
    guests.add(guest);
    return guest;
  }

  private void letPost(Guest guest, int which, Random random) {
    long first = (guest.id() * AT_ONCE + which) * 100_000L;
    posters.submit(() -> {
      for (long number = first; !over; number++) {
        guest.post(number, size(random));
        Thread.sleep(random.nextInt(THINKING_MILLIS));
      }
      return guest;
    });
  }

  private static int size(Random random) {
    return Stamp.text(0, 0, 100).length()
        + random.nextInt(random.nextInt(LONG_ONES) == 0 ? LONGEST : 300);
  }

  History history() {
    return history;
  }

  /** Lets everybody finish what they have begun, once the faults are over. */
  void settle() throws InterruptedException {
    over = true;
    posters.shutdown();
    if (!posters.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      posters.shutdownNow();
    }
  }

  /**
   * Has one who was not there read all of it, and holds everybody's record against that. Can be
   * asked again, after more faults.
   */
  List<Violation> judge() throws InterruptedException {
    Guest last = welcome();
    try {
      Happening.Fetched state = fetch(last);
      history.add(state);
      await(() -> guests.stream().allMatch(guest -> guest.position() >= state.lastSeq()));
    } finally {
      guests.forEach(Guest::close);
    }
    return Checker.check(history.happenings(), last.id());
  }

  private static Happening.Fetched fetch(Guest guest) throws InterruptedException {
    String room = guest.room();
    JsonNode conversation =
        guest.call("conversations.get", Map.of("id", room)).path("conversation");
    List<Happening.Place> listed = new ArrayList<>();
    for (long after = 0; after >= 0; ) {
      JsonNode page =
          guest.call("messages.list", Map.of("conversation", room, "after", after, "limit", PAGE));
      page.path("items").forEach(message -> listed.add(place(message)));
      after = page.path("next").asLong(-1);
    }
    return new Happening.Fetched(
        guest.id(),
        conversation.path("lastSeq").asLong(-1),
        conversation.path("messages").asLong(-1),
        listed);
  }

  private static Happening.Place place(JsonNode message) {
    return new Happening.Place(
        message.path("seq").asLong(-1), Stamp.number(message.path("content").asString("")));
  }

  private static void await(BooleanSupplier reached) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!reached.getAsBoolean() && System.nanoTime() < deadline) {
      Pause.millis(POLL_MILLIS);
    }
  }
}
