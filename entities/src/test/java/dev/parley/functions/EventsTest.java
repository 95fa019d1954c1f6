package dev.parley.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.parley.entities.Commit;
import dev.parley.entities.Diff;
import dev.parley.entities.Lineage;
import dev.parley.entities.Repository;
import dev.parley.functions.Shelf.Book;
import dev.parley.functions.Shelf.Counter;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventsTest {
  private final Repository repository = Repository.inMemory(InstantSource.system());
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private final Events events = Events.of(repository, (event, error) -> failures.add(error));
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  @Test
  void every_kind_of_change_is_told_by_its_own_type() {
    events
        .on(Event.OfEntity.class)
        .then(event -> told.add(event.getClass().getSimpleName() + " " + event.entity().lineage()));
    Shelf one = repository.commit(Shelf.named("one", Book.named("a"), Book.named("b")));
    Shelf two = repository.commit(Shelf.named("two"));
    Book a = one.books().getFirst();
    Commit moved = repository.propose().put(one.without(a)).put(two.with(a)).commit();
    repository.commit(((Shelf) moved.root(two.lineage()).orElseThrow()).without(a));
    events.settle();
    assertThat(told)
        .containsExactly(
            "Created one",
            "Created a",
            "Created b",
            "Created two",
            "Changed one",
            "Changed two",
            "Moved a",
            "Changed two",
            "Removed a");
  }

  @Test
  void type_entity_lineage_and_condition_narrow_what_is_told_and_combine() {
    Lineage b = new Lineage("b");
    events.on(Event.Changed.class).of(Book.class).then(e -> told.add("book " + e.entity().id()));
    events.on(Event.Changed.class).about(b).then(e -> told.add("about " + e.entity().id()));
    events
        .on(Event.Changed.class)
        .of(Book.class)
        .about(b)
        .when(e -> ((Book) e.entity()).read() > 1)
        .then(e -> told.add("all of it"));
    Shelf shelf = repository.commit(Shelf.named("one", Book.named("a"), Book.named("b")));
    shelf = repository.commit(shelf.with(0, shelf.books().get(0).readOnceMore()));
    shelf = repository.commit(shelf.with(1, shelf.books().get(1).readOnceMore()));
    shelf = repository.commit(shelf.with(1, shelf.books().get(1).readOnceMore()));
    events.settle();
    assertThat(told)
        .containsExactly(
            "book @a:2", "book @b:3", "about @b:3", "book @b:4", "about @b:4", "all of it");
  }

  @Test
  void a_change_says_what_is_different_when_asked() {
    List<Diff> diffs = new ArrayList<>();
    events.on(Event.Changed.class).of(Book.class).then(e -> diffs.add(e.diff().orElseThrow()));
    Shelf shelf = repository.commit(Shelf.named("one", Book.named("a")));
    repository.commit(shelf.with(0, shelf.books().getFirst().titled("other")));
    events.settle();
    assertThat(diffs)
        .singleElement()
        .satisfies(diff -> assertThat(diff.modified()).containsExactly(new Lineage("a")));
  }

  @Test
  void who_unsubscribed_hears_nothing_more_and_who_subscribes_nothing_from_before() {
    Subscription early = events.on(Event.Changed.class).then(e -> told.add("early"));
    Counter counter = repository.commit(Counter.named("c"));
    counter = repository.commit(counter.increased());
    events.settle();
    early.close();
    early.close();
    events.on(Event.Changed.class).then(e -> told.add("late"));
    repository.commit(counter.increased());
    events.settle();
    assertThat(told).containsExactly("early", "late");
  }

  @Test
  void a_handler_that_throws_harms_no_other_and_is_reported() {
    events
        .on(Event.Created.class)
        .then(e -> {
          throw new IllegalStateException("first");
        });
    events.on(Event.Created.class).then(e -> told.add("second"));
    repository.commit(Counter.named("c"));
    repository.commit(Counter.named("d"));
    events.settle();
    assertThat(told).containsExactly("second", "second");
    assertThat(failures).hasSize(2).allSatisfy(e -> assertThat(e).hasMessage("first"));
  }

  @Test
  void a_sink_that_throws_harms_nobody() {
    Events strict =
        Events.of(
            repository,
            (event, error) -> {
              throw new IllegalStateException("sink");
            });
    strict
        .on(Event.Created.class)
        .then(e -> {
          throw new IllegalStateException("handler");
        });
    strict.on(Event.Created.class).then(e -> told.add("second"));
    repository.commit(Counter.named("c"));
    strict.settle();
    assertThat(told).containsExactly("second");
  }

  @Test
  void commits_of_32_threads_are_told_in_their_order() throws InterruptedException {
    List<Integer> counts = new ArrayList<>();
    List<Long> versions = new ArrayList<>();
    Lineage shared = repository.commit(Counter.named("shared")).lineage();
    events
        .on(Event.Changed.class)
        .about(shared)
        .then(e -> counts.add(((Counter) e.entity()).count()));
    events.on(Event.OfEntity.class).then(e -> versions.add(e.revision().stamp().version()));
    inThreads(
        32,
        thread -> {
          Counter own = repository.commit(Counter.named("own_" + thread));
          for (int i = 0; i < 20; i++) {
            repository.update(shared, Counter.class, Counter::increased);
            own = repository.commit(own.increased());
          }
        });
    events.settle();
    assertThat(counts).hasSize(32 * 20).isSorted().doesNotHaveDuplicates();
    assertThat(versions).hasSize(32 * 41).doesNotHaveDuplicates();
  }

  @Test
  void what_a_handler_commits_is_told_after_what_came_before() {
    Lineage copy = repository.commit(Counter.named("copy")).lineage();
    CountDownLatch both = new CountDownLatch(1);
    events
        .on(Event.Changed.class)
        .of(Counter.class)
        .then(e -> {
          await(both);
          told.add(e.entity().id().toString());
          if (!e.concerns(copy)) {
            repository.update(copy, Counter.class, Counter::increased);
          }
        });
    Counter counter = repository.commit(Counter.named("c"));
    counter = repository.commit(counter.increased());
    repository.commit(counter.increased());
    both.countDown();
    events.settle();
    assertThat(told).containsExactly("@c:3", "@c:4", "@copy:5", "@copy:6");
  }

  @Test
  void a_handler_that_answers_itself_is_stopped_with_the_chain() {
    Lineage counter = repository.commit(Counter.named("c")).lineage();
    events
        .on(Event.Changed.class)
        .about(counter)
        .then(e -> repository.update(counter, Counter.class, Counter::increased));
    repository.update(counter, Counter.class, Counter::increased);
    events.settle();
    assertThat(failures)
        .singleElement()
        .isInstanceOf(Looping.class)
        .asString()
        .contains("more than 16 deep: a commit → a commit");
    assertThat(count(counter)).isEqualTo(Events.MAX_DEPTH);
  }

  @Test
  void committers_wait_when_too_much_is_left_to_tell_but_handlers_do_not()
      throws InterruptedException {
    Events narrow = new Events(repository, 2, (event, error) -> failures.add(error));
    Lineage copy = repository.commit(Counter.named("copy")).lineage();
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger heard = new AtomicInteger();
    narrow
        .on(Event.Created.class)
        .then(e -> {
          await(open);
          heard.incrementAndGet();
          for (int i = 0; i < 5; i++) {
            repository.update(copy, Counter.class, Counter::increased);
          }
        });
    narrow.on(Event.Changed.class).then(e -> {});
    Thread committer =
        Thread.startVirtualThread(() -> {
          for (int i = 0; i < 10; i++) {
            repository.commit(Counter.named("c" + i));
          }
        });
    while (repository.head(new Lineage("c2")).isEmpty()
        || committer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(narrow.pending()).isEqualTo(2);
    assertThat(repository.head(new Lineage("c3"))).isEmpty();
    open.countDown();
    committer.join();
    narrow.settle();
    assertThat(heard).hasValue(10);
    assertThat(count(copy)).isEqualTo(50);
    assertThat(failures).isEmpty();
  }

  @Test
  void a_handler_cannot_wait_for_its_own_event() {
    events.on(Event.Created.class).then(e -> events.settle());
    repository.commit(Counter.named("c"));
    events.settle();
    assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothing_is_allocated_while_nobody_listens() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Commit commit = repository.propose().put(Counter.named("c")).commit();
    long before = threads.getCurrentThreadAllocatedBytes();
    long overhead = threads.getCurrentThreadAllocatedBytes() - before;
    before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      assertSilent(commit);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before - overhead;
    assertThat(allocated).isLessThan(1_000);
  }

  private void assertSilent(Commit commit) {
    events.expect(commit).run();
    if (events.hears(Event.Started.class) || events.hears(Event.Completed.class)) {
      throw new AssertionError("somebody listens");
    }
  }

  @Test
  void a_type_that_nobody_selected_is_not_heard() {
    events.on(Event.Failed.class).then(e -> {});
    assertThat(events.hears(Event.Failed.class)).isTrue();
    assertThat(events.hears(Event.Completed.class)).isFalse();
    assertThat(events.hears(Event.Changed.class)).isFalse();
  }

  private int count(Lineage counter) {
    return ((Counter) repository.latest(counter).orElseThrow()).count();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void inThreads(int count, java.util.function.IntConsumer work)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      threads.add(Thread.startVirtualThread(() -> work.accept(number)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
