package dev.parley.functions;

import static dev.parley.functions.Library.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.entities.Conflicted;
import dev.parley.entities.HeadMoved;
import dev.parley.functions.Library.Labelled;
import dev.parley.functions.Library.OneBook;
import dev.parley.functions.Library.OneCounter;
import dev.parley.functions.Shelf.Counter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose inputs others change meanwhile. */
class ConflictTest {
  private final Library library = new Library();
  private final Calls<String> calls = library.calls;

  @ParameterizedTest
  @ValueSource(ints = {5, 64})
  void many_that_increase_one_version_at_once_lose_nothing_if_they_retry(int callers) {
    Counter counter = library.repository.commit(Counter.named("c"));
    List<CompletableFuture<Outcome<Counter>>> outcomes =
        IntStream.range(0, callers)
            .mapToObj(i ->
                calls.callAsync(
                    Invocation.of("caller_" + i, library.increase, new OneCounter(counter))
                        .with(OnConflict.RETRY)))
            .toList();
    assertThat(outcomes.stream().map(o -> o.join().orThrow().count()).sorted().toList())
        .isEqualTo(IntStream.rangeClosed(1, callers).boxed().toList());
    assertThat(library.newest(Counter.class, "c").count()).isEqualTo(callers);
    assertThat(library.repository.versions(counter.lineage(), Long.MAX_VALUE, 1_000))
        .hasSize(callers + 1);
    assertThat(library.provenance.newest())
        .hasSize(callers)
        .anySatisfy(execution -> assertThat(execution.attempts()).isGreaterThan(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 64})
  void of_many_that_increase_one_version_at_once_one_wins_if_none_may_retry(int callers) {
    Counter counter = library.repository.commit(Counter.named("c"));
    List<CompletableFuture<Outcome<Counter>>> outcomes =
        IntStream.range(0, callers)
            .mapToObj(i ->
                calls.callAsync(
                    Invocation.of("caller_" + i, library.increase, new OneCounter(counter))))
            .toList();
    assertThat(outcomes).filteredOn(o -> o.join() instanceof Outcome.Done<Counter>).hasSize(1);
    assertThat(library.newest(Counter.class, "c").count()).isEqualTo(1);
  }

  @Test
  void a_stale_input_is_refused() {
    Shelf one = library.shelf("one", "a");
    library.repository.commit(one.labelled("meanwhile"));
    assertThatThrownBy(() -> calls.call("ada", library.label, new Labelled(one, "late")))
        .isInstanceOf(HeadMoved.class)
        .hasMessage("@one:1 is not the newest version; that is 2");
    assertThat(library.newest(Shelf.class, "one").label()).isEqualTo("meanwhile");
  }

  @Test
  void a_stale_part_is_refused_or_run_again() {
    Shelf one = library.shelf("one", "a");
    OneBook stale = new OneBook(one.books().getFirst());
    calls.call("ada", library.read, stale);
    assertThatThrownBy(() -> calls.call("ada", library.read, stale)).isInstanceOf(HeadMoved.class);
    Outcome<Shelf.Book> retried =
        calls.run(Invocation.of("ada", library.read, stale).with(OnConflict.RETRY));
    assertThat(retried.orThrow().read()).isEqualTo(2);
    assertThat(retried.execution().attempts()).isEqualTo(2);
    assertThat(retried.execution().inputs().getFirst()).hasToString("@a:2");
  }

  @Test
  void a_version_that_the_caller_named_is_not_exchanged_for_a_newer_one() {
    Shelf one = library.shelf("one", "a");
    library.repository.commit(one.labelled("meanwhile"));
    Outcome<Object> outcome =
        calls.run(
            Invocation.of("ada", "label", json("{'shelf': '@one:1', 'label': 'late'}"))
                .with(OnConflict.RETRY));
    assertThat(outcome.execution().error())
        .hasValueSatisfying(e -> assertThat(e).contains("@one:1 is not the newest version"));
    assertThat(outcome.execution().attempts()).isEqualTo(1);
  }

  @Test
  void what_was_removed_meanwhile_is_not_brought_back() {
    Shelf one = library.shelf("one", "a");
    library.repository.commit(one.without(one.books().getFirst()));
    for (OnConflict policy : List.of(OnConflict.REJECT, OnConflict.RETRY)) {
      Outcome<Shelf.Book> outcome =
          calls.run(
              Invocation.of("ada", library.read, new OneBook(one.books().getFirst())).with(policy));
      assertThatThrownBy(outcome::orThrow).isInstanceOf(HeadMoved.class);
    }
    assertThat(library.newest(Shelf.class, "one").books()).isEmpty();
  }

  @Test
  void changes_of_different_things_are_merged() {
    Shelf one = library.shelf("one", "a", "b");
    calls.call("bob", library.read, new OneBook(one.books().getFirst()));
    Outcome<Shelf> merged =
        calls.run(
            Invocation.of("ada", library.label, new Labelled(one, "new")).with(OnConflict.MERGE));
    assertThat(merged.orThrow()).isSameAs(library.newest(Shelf.class, "one"));
    assertThat(merged.orThrow().label()).isEqualTo("new");
    assertThat(merged.orThrow().books()).extracting(Shelf.Book::read).containsExactly(1, 0);
  }

  @Test
  void a_part_is_merged_too() {
    Shelf one = library.shelf("one", "a", "b");
    Shelf.Book a = one.books().getFirst();
    library.repository.commit(one.with(0, a.titled("A")));
    Outcome<Shelf.Book> merged =
        calls.run(Invocation.of("ada", library.read, new OneBook(a)).with(OnConflict.MERGE));
    assertThat(merged.orThrow())
        .extracting(Shelf.Book::title, Shelf.Book::read)
        .containsExactly("A", 1);
    assertThat(library.newest(Shelf.class, "one").books().getFirst()).isSameAs(merged.orThrow());
  }

  @Test
  void changes_of_the_same_thing_are_refused_by_a_merge() {
    Shelf one = library.shelf("one", "a");
    library.repository.commit(one.labelled("meanwhile"));
    Outcome<Shelf> outcome =
        calls.run(
            Invocation.of("ada", library.label, new Labelled(one, "late")).with(OnConflict.MERGE));
    assertThatThrownBy(outcome::orThrow).isInstanceOf(Conflicted.class);
    assertThat(outcome.execution().error()).isPresent();
    assertThat(library.newest(Shelf.class, "one").label()).isEqualTo("meanwhile");
  }

  @Test
  void a_function_can_say_itself_that_it_may_run_again() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Function<String, OneCounter, Counter> patient =
        library.adding(
            Function.named("patient", OneCounter.class, Counter.class)
                .with(OnConflict.RETRY)
                .handledBy((caller, input) -> {
                  first.countDown();
                  Library.await(go);
                  return input.counter().increased();
                }));
    library.repository.commit(Counter.named("c"));
    CompletableFuture<Outcome<Object>> outcome =
        calls.callAsync(Invocation.of("ada", patient.name(), json("{'counter': '@c'}")));
    first.await();
    calls.call("bob", "increase", json("{'counter': '@c'}"));
    go.countDown();
    assertThat(outcome.join().orThrow()).isEqualTo(library.newest(Counter.class, "c"));
    assertThat(library.newest(Counter.class, "c").count()).isEqualTo(2);
  }
}
