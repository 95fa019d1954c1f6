package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.entities.Branch;
import dev.parley.entities.Catalog;
import dev.parley.entities.Cause;
import dev.parley.entities.Commit;
import dev.parley.entities.Damaged;
import dev.parley.entities.Entity;
import dev.parley.entities.HeadMoved;
import dev.parley.entities.Identity;
import dev.parley.entities.Lineage;
import dev.parley.entities.Place;
import dev.parley.entities.Refused;
import dev.parley.entities.Repository;
import dev.parley.entities.Revision;
import dev.parley.entities.Sequence;
import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.TestClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Entity trees in both databases: what is kept comes back, and only what is new is written. */
@OnBothDatabases
class EntityLedgerTest {
  record Shelf(
      Identity id,
      String name,
      List<Book> books,
      Set<Label> labels,
      Map<String, List<Book>> rooms,
      Optional<Book> open)
      implements Entity {
    Shelf with(List<Book> others) {
      return new Shelf(id, name, others, labels, rooms, open);
    }
  }

  record Book(Identity id, String title, Instant at, double price, List<String> words)
      implements Entity {
    Book with(String other) {
      return new Book(id, other, at, price, words);
    }
  }

  record Label(Identity id, String text) implements Entity {}

  private static final Catalog CATALOG = Catalog.of(List.of(Shelf.class));

  private final TestClock clock = new TestClock();
  @Parameter private Database database;
  private OpenStore open;
  private EntityLedger ledger;
  private Repository repository;

  @BeforeParameterizedClassInvocation
  void open() {
    open = OpenStore.on(database, 0);
    ledger = new EntityLedger(open.store(), CATALOG);
    repository = new Repository(ledger, clock);
  }

  @AfterParameterizedClassInvocation
  void close() {
    open.close();
  }

  /** Reads what is stored, without what the process remembers. */
  private Repository reopened() {
    return new Repository(new EntityLedger(open.store(), CATALOG), clock);
  }

  @Test
  void a_tree_with_all_kinds_of_containers_comes_back_as_it_was() {
    Shelf shelf =
        new Shelf(
            Identity.fresh(),
            "ä \" \\ \u2028",
            List.of(book("one"), book("two")),
            Set.of(new Label(Identity.fresh(), "red"), new Label(Identity.fresh(), "blue")),
            Map.of("hall", List.of(book("three")), "attic", List.of()),
            Optional.of(book("four")));
    Shelf kept = repository.commit(shelf);
    assertThat(head(reopened(), shelf)).isEqualTo(kept).isEqualTo(shelf);
  }

  @Test
  void a_changed_leaf_among_a_hundred_thousand_writes_a_handful_of_rows() {
    Shelf shelf = repository.commit(shelf(100_000));
    long nodes = count("entity_nodes");
    long pages = count("entity_pages");
    Shelf changed =
        shelf.with(
            Sequence.copyOf(shelf.books()).with(70_000, shelf.books().get(70_000).with("new")));
    repository.commit(changed);
    assertThat(count("entity_nodes") - nodes).isEqualTo(2);
    assertThat(count("entity_pages") - pages).isEqualTo(1);
    Shelf read = head(reopened(), shelf);
    assertThat(read.books().get(70_000).title()).isEqualTo("new");
    assertThat(read.books()).hasSize(100_000);
  }

  @Test
  void every_entity_has_a_history_and_can_be_seen_as_it_was() {
    Instant start = clock.instant();
    Shelf first = repository.commit(shelf(3));
    clock.advance(java.time.Duration.ofMinutes(1));
    Book book = first.books().get(1);
    Shelf second = repository.commit(first.with(replaced(first, 1, book.with("second"))));
    clock.advance(java.time.Duration.ofMinutes(1));
    repository.commit(second.with(List.of(second.books().get(0))));

    Repository reopened = reopened();
    List<Revision> history = reopened.history(book.lineage(), Long.MAX_VALUE, 10);
    assertThat(history)
        .extracting(Revision::act)
        .containsExactly(Revision.Act.REMOVED, Revision.Act.CHANGED, Revision.Act.CREATED);
    assertThat(reopened.latest(book.lineage())).isEmpty();
    assertThat(reopened.asOf(book.lineage(), second.id().version()).map(Book.class::cast))
        .map(Book::title)
        .contains("second");
    assertThat(reopened.asOf(book.lineage(), start.plusSeconds(30)).map(Book.class::cast))
        .map(Book::title)
        .contains("book 1");
    assertThat(reopened.versions(first.lineage(), Long.MAX_VALUE, 10))
        .hasSize(3)
        .last()
        .satisfies(version -> assertThat(version.root()).isEqualTo(first));
  }

  @Test
  void a_move_between_two_trees_is_whole_for_both() {
    Shelf from = repository.commit(shelf(2));
    Shelf to = repository.commit(shelf(0));
    Book book = from.books().get(0);
    repository
        .propose()
        .put(from.with(List.of(from.books().get(1))))
        .put(to.with(List.of(book)))
        .commit();
    Repository reopened = reopened();
    assertThat(head(reopened, from).books()).hasSize(1);
    assertThat(head(reopened, to).books()).containsExactly(book);
    assertThat(reopened.way(book.lineage(), Branch.MAIN, Long.MAX_VALUE))
        .extracting(Revision::lineage)
        .containsExactly(to.lineage(), book.lineage());
    assertThat(reopened.history(book.lineage(), Long.MAX_VALUE, 10).getFirst().place())
        .flatMap(Place::owner)
        .contains(to.lineage());
  }

  @Test
  void of_many_that_change_one_tree_at_once_none_is_lost() throws Exception {
    Lineage lineage = repository.commit(shelf(0)).lineage();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        all.add(
            threads.submit(() ->
                repository.update(
                    lineage,
                    Shelf.class,
                    s -> s.with(Sequence.copyOf(s.books()).plus(book("mine"))))));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(((Shelf) reopened().head(lineage).orElseThrow().root()).books()).hasSize(16);
    assertThat(repository.versions(lineage, Long.MAX_VALUE, 100)).hasSize(17);
  }

  @Test
  void a_commit_that_is_not_based_on_the_head_writes_nothing() {
    Shelf base = repository.commit(shelf(1));
    Shelf now = repository.commit(base.with(List.of()));
    Commit stale = repository.propose().put(now.with(List.of(book("late")))).prepare();
    repository.commit(now.with(List.of(book("early"))));
    long nodes = count("entity_nodes");
    assertThatThrownBy(() -> repository.keep(stale)).isInstanceOf(HeadMoved.class);
    assertThatThrownBy(() -> repository.commit(base.with(List.of(book("later")))))
        .isInstanceOf(HeadMoved.class);
    assertThat(count("entity_nodes")).isEqualTo(nodes);
  }

  @Test
  void a_change_and_a_commit_are_both_done_or_neither() {
    Shelf base = repository.commit(shelf(1));
    Change change =
        OpenStore.change()
            .append(OpenStore.entry(1))
            .check("never", "SELECT 1 FROM meta WHERE name = 'never'");
    Commit commit = repository.propose().put(base.with(List.of())).prepare();
    assertThatThrownBy(() -> ledger.commit(change, commit)).isInstanceOf(Conflict.class);
    assertThat(head(reopened(), base)).isEqualTo(base);
    ledger.commit(
        OpenStore.change().append(OpenStore.entry(2)),
        repository.propose().put(base.with(List.of())).prepare());
    assertThat(head(reopened(), base).books()).isEmpty();
  }

  @Test
  void a_branch_goes_its_own_way_and_is_merged_again() {
    Shelf base = repository.commit(shelf(2));
    Branch idea = repository.fork(repository.head(base.lineage()).orElseThrow(), "idea");
    repository.commit(base.with(replaced(base, 0, base.books().get(0).with("theirs"))), idea);
    repository.commit(base.with(replaced(base, 1, base.books().get(1).with("ours"))));
    Repository reopened = reopened();
    assertThat(((Shelf) reopened.head(base.lineage(), idea).orElseThrow().root()).books())
        .extracting(Book::title)
        .containsExactly("theirs", "book 1");
    repository.merge(base.lineage(), idea, Branch.MAIN, Cause.UNSTATED);
    assertThat(head(reopened(), base).books())
        .extracting(Book::title)
        .containsExactly("theirs", "ours");
    assertThatThrownBy(() -> repository.fork(repository.head(base.lineage()).orElseThrow(), "idea"))
        .isInstanceOf(Refused.class);
  }

  @Test
  void a_row_that_was_edited_by_hand_is_named_and_the_rest_still_reads() {
    Shelf damaged = repository.commit(shelf(2));
    Shelf whole = repository.commit(shelf(2));
    Book book = damaged.books().get(1);
    open.store()
        .commit(
            OpenStore.change()
                .write(
                    "UPDATE entity_nodes SET body = replace(body, 'book 1', 'book X')"
                        + " WHERE lineage = ?",
                    book.lineage().value()));
    assertThatThrownBy(() -> head(reopened(), damaged))
        .isInstanceOf(Damaged.class)
        .hasMessageContaining(book.id().toString());
    assertThat(head(reopened(), whole)).isEqualTo(whole);
  }

  @Test
  void what_no_kept_version_reaches_is_given_up() {
    Shelf shelf = repository.commit(shelf(300));
    for (int i = 0; i < 20; i++) {
      shelf = repository.commit(shelf.with(replaced(shelf, i, shelf.books().get(i).with("b" + i))));
    }
    long keep = shelf.id().version();
    shelf = repository.commit(shelf.with(replaced(shelf, 299, shelf.books().get(299).with("z"))));
    long before = count("entity_pages");
    int given = repository.forget(keep);
    assertThat(given).isGreaterThanOrEqualTo(20);
    assertThat(count("entity_pages")).isLessThan(before);
    assertThat(head(reopened(), shelf)).isEqualTo(shelf);
    assertThat(reopened().versions(shelf.lineage(), Long.MAX_VALUE, 100)).hasSize(2);
    assertThat(((Shelf) reopened().requireVersion(shelf.lineage(), keep).root()).books())
        .hasSize(300);
    assertThat(count("entity_nodes WHERE lineage = '" + shelf.lineage() + "'")).isEqualTo(2);
  }

  private static List<Book> replaced(Shelf shelf, int index, Book book) {
    return Sequence.copyOf(shelf.books()).with(index, book);
  }

  private static Shelf head(Repository repository, Shelf shelf) {
    return (Shelf) repository.head(shelf.lineage()).orElseThrow().root();
  }

  private static Shelf shelf(int books) {
    return new Shelf(
        Identity.fresh(),
        "shelf",
        IntStream.range(0, books).mapToObj(i -> book("book " + i)).toList(),
        Set.of(),
        Map.of(),
        Optional.empty());
  }

  private static Book book(String title) {
    return new Book(
        Identity.fresh(),
        title,
        Instant.parse("2026-01-02T03:04:05.123456789Z"),
        0.1,
        List.of("a"));
  }

  private long count(String table) {
    return open.store()
        .read(h -> h.createQuery("SELECT COUNT(*) FROM " + table).mapTo(long.class).one());
  }
}
