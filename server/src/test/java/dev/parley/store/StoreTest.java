package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testing.Database;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreTest {
  /** Ways to fail, each in the midst of changes that do not. */
  private static Change failing(int number) {
    Change change = OpenStore.change().append(OpenStore.entry(number));
    return switch (number % 5) {
      case 0 -> change.check("never", "SELECT 1 FROM meta WHERE name = 'never'");
      case 1 -> change.require("nobody", "UPDATE actors SET name = 'x' WHERE id = 'nobody'");
      case 2 -> change.write("INSERT INTO bans VALUES ('room', 'nobody', 'ada', 0)");
      case 3 -> change.write("UPDATE no_such_table SET x = 1");
      default -> change.write("UPDATE meta SET value = ?", OpenStore.entry(0).seq());
    };
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void changes_that_fail_among_many_undo_themselves_alone(Database database) throws Exception {
    assertThatFailuresUndoThemselvesAlone(database, 5);
  }

  /** Here no error ends a transaction that others share. */
  @ParameterizedTest
  @EnumSource(Database.class)
  void changes_whose_guard_does_not_hold_undo_themselves_alone(Database database) throws Exception {
    assertThatFailuresUndoThemselvesAlone(database, 2);
  }

  private static void assertThatFailuresUndoThemselvesAlone(Database database, int kinds)
      throws Exception {
    try (OpenStore open = OpenStore.on(database, 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Committed>> good = new ArrayList<>();
      List<Future<Committed>> bad = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        int number = i;
        if (i % 10 == 9) {
          bad.add(threads.submit(() -> open.store().commit(failing(number / 10 % kinds))));
        } else {
          Change change = OpenStore.change().append(OpenStore.entry(number));
          good.add(threads.submit(() -> open.store().commit(change)));
        }
      }
      for (Future<Committed> one : good) {
        assertThat(one.get(1, TimeUnit.MINUTES).entries()).hasSize(1);
      }
      for (Future<Committed> one : bad) {
        assertThatThrownBy(() -> one.get(1, TimeUnit.MINUTES))
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOfAny(Conflict.class, Refusal.class, IllegalStateException.class);
      }
      List<Logged> log = open.store().log().page(OpenStore.ROOM, 0, 1_000);
      assertThat(log)
          .extracting(Logged::seq)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 270).boxed().toList());
      assertThat(log).allSatisfy(entry -> assertThat(entry.messages()).isEqualTo(entry.seq()));
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void more_changes_than_may_wait_are_told_to_come_back_and_the_others_are_done(Database database)
      throws Exception {
    try (OpenStore open = OpenStore.on(database, 3);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch go = new CountDownLatch(1);
      open.store()
          .listen(entries -> {
            try {
              go.await();
            } catch (InterruptedException stopped) {
              Thread.currentThread().interrupt();
            }
          });
      List<Future<Boolean>> outcomes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int number = i;
        outcomes.add(threads.submit(() -> isDone(open.store(), number)));
      }
      while (outcomes.stream().noneMatch(Future::isDone)) {
        Thread.onSpinWait();
      }
      go.countDown();
      int done = 0;
      for (Future<Boolean> one : outcomes) {
        done += one.get(1, TimeUnit.MINUTES) ? 1 : 0;
      }
      assertThat(done).isBetween(3, 19);
      assertThat(open.store().log().page(OpenStore.ROOM, 0, 100)).hasSize(done);
    }
  }

  private static boolean isDone(Store store, int number) {
    try {
      store.commit(OpenStore.change().append(OpenStore.entry(number)));
      return true;
    } catch (Refusal refusal) {
      assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
      assertThat(refusal.data()).containsKey("retryAfterMs");
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_listener_that_fails_does_not_make_a_durable_change_look_undone(Database database) {
    try (OpenStore open = OpenStore.on(database, 0)) {
      open.store()
          .listen(entries -> {
            throw new IllegalStateException("nobody hears");
          });
      Change.Entry first = OpenStore.entry(1);
      assertThat(open.store().commit(OpenStore.change().append(first)).seq(first)).isEqualTo(1);
      Change.Entry second = OpenStore.entry(2);
      assertThat(open.store().commit(OpenStore.change().append(second)).seq(second)).isEqualTo(2);
    }
  }

  @Test
  void a_commit_of_unknown_outcome_has_the_log_looked_at_and_the_next_one_is_done()
      throws Exception {
    try (OpenStore open = OpenStore.on(Database.POSTGRESQL, 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Set<String> doubtful = ConcurrentHashMap.newKeySet();
      open.store().listen(new Doubting(doubtful));
      open.store()
          .commit(
              OpenStore.change()
                  .write(
                      """
                      CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS
                      'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'\
                      """)
                  .write(
                      """
                      CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON log
                      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut_off()\
                      """));
      List<Future<Committed>> lost = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Change change = OpenStore.change().append(OpenStore.entry(i));
        lost.add(threads.submit(() -> open.store().commit(change)));
      }
      for (Future<Committed> one : lost) {
        assertThatThrownBy(() -> one.get(1, TimeUnit.MINUTES)).cause().isInstanceOf(Refusal.class);
      }
      assertThat(doubtful).containsExactly(OpenStore.ROOM);
      open.store().commit(OpenStore.change().write("DROP TRIGGER at_commit ON log"));
      Change.Entry next = OpenStore.entry(20);
      assertThat(open.store().commit(OpenStore.change().append(next)).seq(next)).isEqualTo(1);
    }
  }

  /** Notes what it must look at. */
  private record Doubting(Set<String> conversations) implements Store.Listener {
    @Override
    public void committed(List<Logged> entries) {}

    @Override
    public void doubtful(Set<String> more) {
      conversations.addAll(more);
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void foreign_keys_and_checks_hold(Database database) {
    try (OpenStore open = OpenStore.on(database, 0)) {
      for (String sql :
          List.of(
              "INSERT INTO bans VALUES ('room', 'nobody', 'ada', 0)",
              "INSERT INTO members VALUES ('nowhere', 'ada', 'member', 0, 0, 0, 0)",
              "INSERT INTO members VALUES ('room', 'ada', 'king', 0, 0, 0, 0)",
              "UPDATE actors SET kind = 'ghost'",
              "UPDATE conversations SET title = NULL",
              "UPDATE conversations SET members = -1",
              "UPDATE conversations SET kind = 'direct'",
              "INSERT INTO accounts (id, role, created_at) VALUES ('ada', 'emperor', 0)",
              "DELETE FROM actors")) {
        assertThatThrownBy(() -> open.store().commit(OpenStore.change().write(sql)))
            .as(sql)
            .isInstanceOfSatisfying(
                Conflict.class,
                conflict -> assertThat(conflict.guard()).isEqualTo(Conflict.CONSTRAINT));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_server_that_may_have_a_single_connection_starts_and_serves(Database database) {
    Map<String, String> frugal = Map.of("DB_POOL_SIZE", "1", "DB_MAX_OVERFLOW", "0");
    try (TestServer server = TestServer.start(database, frugal)) {
      User ada = server.user("ada");
      String room = ada.room("Small");
      ada.post(room, "one at a time");
      assertThat(
              ada.call("messages.list", "{conversation: '%s'}".formatted(room))
                  .at("/items/0/content")
                  .stringValue())
          .isEqualTo("one at a time");
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void data_that_is_served_already_is_not_served_twice(Database database) {
    try (OpenStore open = OpenStore.on(database, 0)) {
      assertThatThrownBy(open::open)
          .isInstanceOf(UnusableDatabase.class)
          .hasMessageContaining("in use by another Parley");
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_change_tells_which_of_its_attempts_touched_a_row(Database database) {
    try (OpenStore open = OpenStore.on(database, 0)) {
      Change change = OpenStore.change().append(OpenStore.entry(1));
      Change.Attempt hit = change.attempt("UPDATE conversations SET topic = 'a' WHERE id = 'room'");
      Change.Attempt miss =
          change.attempt("UPDATE conversations SET topic = 'b' WHERE id = ?", "elsewhere");
      Committed committed = open.store().commit(change);
      assertThat(committed.did(hit)).isTrue();
      assertThat(committed.did(miss)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void data_that_is_no_longer_served_can_be_served_at_once(Database database) {
    try (OpenStore open = OpenStore.on(database, 0)) {
      open.store().close();
      for (int i = 0; i < 20; i++) {
        try (Store again = open.open()) {
          assertThat(again.waiting()).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_database_of_a_later_version_is_left_alone(Database database) {
    try (OpenStore open = OpenStore.on(database, 0)) {
      open.store()
          .commit(
              OpenStore.change()
                  .write(
                      """
                      INSERT INTO flyway_schema_history
                        (installed_rank, version, description, type, script, installed_by,
                         installed_on, execution_time, success)
                      SELECT 999, '999', 'later', 'SQL', 'V999__later.sql', installed_by,
                         installed_on, 0, success
                      FROM flyway_schema_history WHERE installed_rank = 1\
                      """));
      open.store().close();
      assertThatThrownBy(open::open)
          .isInstanceOf(UnusableDatabase.class)
          .hasMessageContaining("newer than this program")
          .hasMessageContaining("999");
    }
  }
}
