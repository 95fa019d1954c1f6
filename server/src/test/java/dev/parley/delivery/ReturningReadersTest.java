package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ReturningReadersTest {
  private static final int READERS = 50;
  private static final int WRITERS = 4;
  private static final int ACTS = 150;

  /** What can be compared though a deletion erases content afterwards: place, kind, subject. */
  private record Seen(long seq, String type, String message) {
    static Seen of(JsonNode event) {
      return new Seen(
          event.path("seq").longValue(),
          event.path("type").stringValue(),
          event.at("/data/message/id").asString(""));
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void each_ones_record_equals_the_log_however_often_they_drop_and_return(Database database)
      throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the readers on " + database + ": " + seed);
    try (TestServer server = TestServer.start(database);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      User owner = server.user("owner");
      String room = owner.room("Busy");
      List<User> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(server.user("writer"));
        writers.getLast().join(room);
      }
      AtomicBoolean written = new AtomicBoolean();
      List<Future<List<Seen>>> records = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Random random = new Random(seed + i);
        records.add(threads.submit(() -> new Reader(owner, room, random).readAll(written)));
      }
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Random random = new Random(seed - i - 1);
        User writer = writers.get(i);
        done.add(threads.submit(() -> write(writer, room, random)));
      }
      for (Future<?> one : done) {
        one.get(2, TimeUnit.MINUTES);
      }
      written.set(true);

      List<Seen> log = log(owner, room);
      assertThat(log).hasSizeGreaterThan(WRITERS * ACTS / 2);
      for (int i = 0; i < log.size(); i++) {
        assertThat(log.get(i).seq()).isEqualTo(i + 1);
      }
      for (Future<List<Seen>> record : records) {
        assertThat(record.get(2, TimeUnit.MINUTES)).isEqualTo(log);
      }
    }
  }

  private static List<Seen> log(User reader, String room) {
    long head =
        reader.call("conversations.get", "{id: '%s'}".formatted(room)).at("/asOf/seq").longValue();
    try (Socket socket = reader.socket()) {
      socket.call("conversations.subscribe", "{id: '%s', afterSeq: 0}".formatted(room));
      return socket.logged(room, head).stream().map(Seen::of).toList();
    }
  }

  private static void write(User writer, String room, Random random) {
    List<String> own = new ArrayList<>();
    for (int i = 0; i < ACTS; i++) {
      int act = own.isEmpty() ? 0 : random.nextInt(6);
      String some = own.isEmpty() ? "" : own.get(random.nextInt(own.size()));
      switch (act) {
        case 0, 1, 2 -> own.add(writer.post(room, "message " + i).path("id").stringValue());
        case 3 ->
            writer.tryCall("messages.edit", "{id: '%s', content: 'again %d'}".formatted(some, i));
        case 4 ->
            writer.tryCall(
                "messages.react",
                "{id: '%s', emoji: 'x', on: %b}".formatted(some, random.nextBoolean()));
        default -> {
          own.remove(some);
          writer.call("messages.delete", "{id: '%s'}".formatted(some));
        }
      }
    }
  }

  /** Somebody whose line is cut again and again, and who goes on after the last seq they have. */
  private static final class Reader {
    private final User user;
    private final String room;
    private final Random random;
    private final List<Seen> record = new ArrayList<>();

    Reader(User user, String room, Random random) {
      this.user = user;
      this.room = room;
      this.random = random;
    }

    List<Seen> readAll(AtomicBoolean written) {
      while (!written.get()) {
        readAWhile(1 + random.nextInt(60), written);
      }
      long head =
          user.call("conversations.get", "{id: '%s'}".formatted(room)).at("/asOf/seq").longValue();
      try (Socket socket = subscribed()) {
        while (position() < head) {
          take(socket.event(event -> event.has("seq")));
        }
      }
      return record;
    }

    private void readAWhile(int events, AtomicBoolean written) {
      try (Socket socket = subscribed()) {
        for (int i = 0; i < events && !written.get(); i++) {
          socket.eventsSoFar().stream().filter(event -> event.has("seq")).forEach(this::take);
          Thread.onSpinWait();
          Thread.yield();
        }
      }
    }

    private Socket subscribed() {
      Socket socket = user.socket();
      socket.call(
          "conversations.subscribe", "{id: '%s', afterSeq: %d}".formatted(room, position()));
      return socket;
    }

    private long position() {
      return record.isEmpty() ? 0 : record.getLast().seq();
    }

    private void take(JsonNode event) {
      record.add(Seen.of(event));
    }
  }
}
