package dev.parley.functions;

import dev.parley.entities.Entity;
import dev.parley.entities.Lineage;
import dev.parley.entities.Repository;
import dev.parley.functions.Shelf.Book;
import dev.parley.functions.Shelf.Counter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Functions on shelves and books, and all that they need to be called. */
final class Library {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  final Repository repository = Repository.inMemory(InstantSource.fixed(NOW));
  final Registry<String> registry = new Registry<>();
  final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  final Events events = Events.of(repository, (event, error) -> failures.add(error));
  final Provenance provenance = new Provenance();
  final AtomicLong nanos = new AtomicLong();
  final Calls<String> calls =
      new Calls<>(
          repository,
          registry,
          events,
          provenance,
          Caller::of,
          new Timing(InstantSource.fixed(NOW), () -> nanos.addAndGet(250)));

  record OneShelf(Shelf shelf) {}

  record TwoShelves(Shelf from, Shelf to) {}

  record OneBook(Book book) {}

  record OneCounter(Counter counter) {}

  record Labelled(Shelf shelf, @Text(min = 1) String label) {}

  record Shelves(List<Shelf> shelves) {}

  record Nothing() {}

  record Counted(int count) {}

  record Parts(Shelf shelf, Optional<Book> book) {}

  final Function<String, OneCounter, Counter> increase =
      Function.named("increase", OneCounter.class, Counter.class)
          .handledBy((caller, input) -> input.counter().increased());

  final Function<String, Labelled, Shelf> label =
      Function.named("label", Labelled.class, Shelf.class)
          .handledBy((caller, input) -> input.shelf().labelled(input.label()));

  final Function<String, OneShelf, Shelf> look =
      Function.named("look", OneShelf.class, Shelf.class)
          .readOnly()
          .handledBy((caller, input) -> input.shelf());

  final Function<String, OneBook, Book> read =
      Function.named("read", OneBook.class, Book.class)
          .handledBy((caller, input) -> input.book().readOnceMore());

  final Function<String, OneShelf, Counted> count =
      Function.named("count", OneShelf.class, Counted.class)
          .readOnly()
          .handledBy((caller, input) -> new Counted(input.shelf().books().size()));

  final Function<String, OneShelf, Counted> fail =
      Function.named("fail", OneShelf.class, Counted.class)
          .handledBy((caller, input) -> {
            throw new IllegalStateException("no luck with " + input.shelf().label());
          });

  /** Takes the first book out; answers with the shelf and the book, which is a tree of its own. */
  final Function<String, OneShelf, Parts> takeOut =
      Function.named("takeOut", OneShelf.class, Parts.class)
          .handledBy((caller, input) -> {
            Book first = input.shelf().books().getFirst();
            return new Parts(input.shelf().without(first), Optional.of(first));
          });

  /** Moves the first book from one shelf to the other. */
  final Function<String, TwoShelves, TwoShelves> move =
      Function.named("move", TwoShelves.class, TwoShelves.class)
          .handledBy((caller, input) -> {
            Book first = input.from().books().getFirst();
            return new TwoShelves(input.from().without(first), input.to().with(first));
          });

  final Function<String, Shelves, List<Shelf>> labelAll =
      Function.named("labelAll", Shelves.class, new TypeReference<List<Shelf>>() {})
          .handledBy((caller, input) ->
              input.shelves().stream().map(shelf -> shelf.labelled("all")).toList());

  final Function<String, Nothing, Map<String, List<Shelf>>> create =
      Function.named("create", Nothing.class, new TypeReference<Map<String, List<Shelf>>>() {})
          .handledBy((caller, input) ->
              Map.of("new", List.of(Shelf.named("n1", Book.named("b1")), Shelf.named("n2"))));

  Library() {
    List.of(increase, label, look, read, count, fail, takeOut, move, labelAll, create)
        .forEach(registry::add);
  }

  /** Makes a function, and registers it. */
  <I, O> Function<String, I, O> adding(Function<String, I, O> function) {
    registry.add(function);
    return function;
  }

  Shelf shelf(String name, String... books) {
    Book[] all = List.of(books).stream().map(Book::named).toArray(Book[]::new);
    return repository.commit(Shelf.named(name, all));
  }

  <T extends Entity> T newest(Class<T> type, String lineage) {
    return type.cast(repository.latest(new Lineage(lineage)).orElseThrow());
  }

  List<Meaning> meanings(Execution execution) {
    return execution.outputs().stream().map(Execution.Output::meaning).toList();
  }

  /** The outputs of the newest call, such as {@code MUTATED @one:3}. */
  List<String> outputs() {
    return provenance.newest().getFirst().outputs().stream()
        .map(output -> output.meaning() + " " + output.address())
        .toList();
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  static <T> T nullOf(Class<T> type) {
    return type.cast(null);
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(String text) {
    return Json.MAPPER.readTree(text.replace('\'', '"'));
  }
}
