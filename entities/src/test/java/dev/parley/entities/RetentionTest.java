package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is left of history once old versions are given up. */
class RetentionTest {
  record Shelf(Identity id, int number, List<Book> books) implements Entity {
    Shelf with(List<Book> others) {
      return new Shelf(id, number + 1, others);
    }
  }

  record Book(Identity id, int page) implements Entity {
    Book at(int other) {
      return new Book(id, other);
    }
  }

  private final Repository repository = Repository.inMemory(InstantSource.system());

  private static Book book(String name) {
    return new Book(Identity.of(new Lineage(name)), 0);
  }

  private Shelf keep(List<Book> books) {
    Shelf head = (Shelf) repository.head(new Lineage("shelf")).orElseThrow().root();
    return repository.commit(head.with(books));
  }

  /** Ten versions: one book is read on and on, another stays as it is, a third is soon gone. */
  private TreeMap<Long, Shelf> tenVersions() {
    TreeMap<Long, Shelf> kept = new TreeMap<>();
    Shelf shelf =
        repository.commit(
            new Shelf(
                Identity.of(new Lineage("shelf")),
                0,
                List.of(book("read"), book("new"), book("lost"))));
    kept.put(shelf.id().version(), shelf);
    for (int page = 1; page < 10; page++) {
      List<Book> books = new ArrayList<>(shelf.books().subList(0, 2));
      books.set(0, books.get(0).at(page));
      shelf = keep(books);
      kept.put(shelf.id().version(), shelf);
    }
    return kept;
  }

  @Test
  void what_is_as_of_a_kept_version_stays_as_it_was() {
    TreeMap<Long, Shelf> versions = tenVersions();
    List<Long> numbers = List.copyOf(versions.keySet());
    long from = numbers.get(6);
    assertThat(repository.forget(from)).isEqualTo(6);
    versions
        .tailMap(from)
        .forEach((number, shelf) -> {
          assertThat(repository.requireVersion(shelf.lineage(), number).root()).isSameAs(shelf);
          assertThat(repository.asOf(shelf.lineage(), number)).containsSame(shelf);
          for (Book book : shelf.books()) {
            assertThat(repository.asOf(book.lineage(), number)).containsSame(book);
            assertThat(repository.way(book.lineage(), Branch.MAIN, number)).hasSize(2);
          }
          assertThat(repository.asOf(new Lineage("lost"), number)).isEmpty();
        });
    assertThat(repository.versions(new Lineage("shelf"), Long.MAX_VALUE, 99)).hasSize(4);
    assertThat(repository.history(new Lineage("read"), Long.MAX_VALUE, 99)).hasSize(4);
    assertThat(repository.history(new Lineage("new"), Long.MAX_VALUE, 99)).hasSize(1);
    assertThat(repository.history(new Lineage("lost"), Long.MAX_VALUE, 99)).isEmpty();
    assertThatThrownBy(() -> repository.requireVersion(new Lineage("shelf"), numbers.getFirst()))
        .isInstanceOf(Refused.class);
  }

  @Test
  void heads_stay_whatever_is_given_up_and_go_on() {
    Shelf last = tenVersions().lastEntry().getValue();
    assertThat(repository.forget(Long.MAX_VALUE)).isEqualTo(9);
    assertThat(repository.forget(Long.MAX_VALUE)).isZero();
    Version<?> head = repository.head(last.lineage()).orElseThrow();
    assertThat(head.root()).isSameAs(last);
    Shelf next = keep(last.books().subList(0, 1));
    assertThat(repository.latest(new Lineage("read"))).containsSame(next.books().getFirst());
    assertThat(repository.versions(last.lineage(), Long.MAX_VALUE, 99))
        .extracting(Version::parent)
        .startsWith(OptionalLong.of(head.number()));
  }

  @Test
  void what_a_branch_forked_from_stays() {
    TreeMap<Long, Shelf> versions = tenVersions();
    Map.Entry<Long, Shelf> third = List.copyOf(versions.entrySet()).get(3);
    Branch branch =
        repository.fork(
            repository.requireVersion(third.getValue().lineage(), third.getKey()), "draft");
    assertThat(repository.forget(Long.MAX_VALUE)).isEqualTo(3);
    assertThat(repository.head(third.getValue().lineage(), branch).orElseThrow().root())
        .isSameAs(third.getValue());
    assertThat(repository.asOf(new Lineage("read"), third.getKey()))
        .containsSame(third.getValue().books().getFirst());
    Shelf old = third.getValue();
    Shelf drafted =
        repository.commit(new Shelf(old.id(), old.number(), old.books().subList(0, 1)), branch);
    assertThat(repository.head(drafted.lineage(), branch).orElseThrow().parent())
        .hasValue(third.getKey());
    repository.merge(drafted.lineage(), Branch.MAIN, branch, Cause.UNSTATED);
    Shelf merged = (Shelf) repository.head(drafted.lineage(), branch).orElseThrow().root();
    assertThat(merged.books()).extracting(Book::page).containsExactly(9);
  }

  @Test
  void what_an_ended_tree_was_is_given_up_with_its_end() {
    Shelf shelf = tenVersions().lastEntry().getValue();
    repository.propose().end(shelf.lineage()).commit();
    assertThat(repository.forget(Long.MAX_VALUE)).isEqualTo(10);
    assertThat(repository.versions(shelf.lineage(), Long.MAX_VALUE, 99)).isEmpty();
    assertThat(repository.history(new Lineage("read"), Long.MAX_VALUE, 99)).isEmpty();
  }

  @Test
  void what_nothing_reaches_is_collected() throws InterruptedException {
    List<WeakReference<Entity>> old = new ArrayList<>();
    List<WeakReference<Entity>> current = new ArrayList<>();
    watch(old, current);
    assertThat(old).allSatisfy(entity -> assertThat(entity.get()).isNotNull());
    repository.forget(Long.MAX_VALUE);
    for (int i = 0; i < 50 && old.stream().anyMatch(e -> e.get() != null); i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(old).allSatisfy(entity -> assertThat(entity.get()).isNull());
    assertThat(current).allSatisfy(entity -> assertThat(entity.get()).isNotNull());
    Reference.reachabilityFence(repository);
  }

  private void watch(List<WeakReference<Entity>> old, List<WeakReference<Entity>> current) {
    TreeMap<Long, Shelf> versions = tenVersions();
    Shelf last = versions.pollLastEntry().getValue();
    for (Shelf shelf : versions.values()) {
      old.add(new WeakReference<>(shelf));
      old.add(new WeakReference<>(shelf.books().getFirst()));
    }
    current.add(new WeakReference<>(last));
    last.books().forEach(book -> current.add(new WeakReference<>(book)));
  }
}
