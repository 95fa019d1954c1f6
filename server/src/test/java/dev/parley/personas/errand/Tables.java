package dev.parley.personas.errand;

import static dev.parley.functions.Function.named;

import dev.parley.functions.About;
import dev.parley.functions.Json;
import dev.parley.functions.Range;
import dev.parley.functions.Registered;
import dev.parley.functions.Registry;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who talks with a host of a restaurant, whose functions are like those of any feature.
 * Time passes only when told.
 */
final class Tables {
  /** A Saturday. */
  static final Instant NOW = Instant.parse("2026-11-21T18:00:00Z");

  private final List<Exchange> said = new ArrayList<>();
  private List<JsonNode> booked = new ArrayList<>();
  private final Map<String, JsonNode> done = new HashMap<>();
  private List<Registered<String>> functions;
  private Consumer<Book> house = book -> {};
  private Instant now = NOW;

  enum Area {
    INSIDE,
    ON_THE_TERRACE
  }

  record Book(
      @About("when you come") Instant at,
      @Range(min = 1, max = 12) int guests,
      @About("on whose name") @Text(min = 1, max = 20) String name,
      Optional<Area> area,
      @Text(pattern = "\\d{4}-\\d{2}-\\d{2}") Optional<String> birthday,
      Optional<Double> budget,
      @Size(max = 3) Optional<List<String>> allergies,
      Optional<Boolean> highChair) {}

  record Booking(String id, String name) {}

  record Booked(Booking booking, int left) {}

  record Wish(@Text(max = 50) String wish) {}

  record Nothing() {}

  record Walk(boolean dog) {}

  Tables() {
    Registry<String> registry = new Registry<>();
    registry.add(
        named("tables.book", Book.class, Booked.class)
            .described("Book a table", "Keeps a table in the restaurant.")
            .handledBy((call, book) -> {
              house.accept(book);
              booked.add(Json.MAPPER.valueToTree(book));
              return new Booked(new Booking("b" + booked.size(), book.name()), 7);
            }));
    registry.add(
        named("wishes.keep", Wish.class, Nothing.class)
            .described("Keep a wish", "Tells the kitchen of the restaurant.")
            .handledBy((call, wish) -> new Nothing()));
    registry.add(
        named("walks.take", Walk.class, Nothing.class)
            .described("Take a walk", "Goes outdoors.")
            .handledBy((call, walk) -> new Nothing()));
    functions = List.copyOf(registry.all());
  }

  /** From now on the function refuses what this refuses. */
  Tables house(Consumer<Book> house) {
    this.house = house;
    return this;
  }

  Tables later(Duration by) {
    now = now.plus(by);
    return this;
  }

  Errands errands() {
    return new Errands(functions, this::once);
  }

  private JsonNode once(
      String key, String function, tools.jackson.databind.node.ObjectNode params) {
    return done.computeIfAbsent(
        key,
        first ->
            Json.MAPPER.readTree(
                functions.stream()
                    .filter(known -> known.name().equals(function))
                    .findFirst()
                    .orElseThrow()
                    .call("", params)));
  }

  /** Goes on at another server, which knows nothing but the messages. */
  void goOnIn(Tables other) {
    other.booked.addAll(booked);
    functions = other.functions;
    booked = other.booked;
  }

  /** Says something and hears what is answered to it. */
  String say(String text) {
    String answer = errands().answer(said, text, now, () -> rule(text)).orElse("(nothing)");
    said.add(new Exchange("m" + said.size(), text, now, answer));
    now = now.plusSeconds(10);
    return answer;
  }

  private static Optional<String> rule(String text) {
    return text.contains("time is it") ? Optional.of("It is six.") : Optional.empty();
  }

  /** What is done without that it was heard. */
  String sayUnanswered(String text) {
    return errands().answer(said, text, now, Optional::empty).orElse("(nothing)");
  }

  /** Changes a message; empty text deletes it. */
  void edit(int index, String text) {
    Exchange old = said.get(index);
    said.set(index, new Exchange(old.id(), text, old.at(), old.answer()));
  }

  List<Exchange> said() {
    return said;
  }

  /** What was booked. */
  List<JsonNode> booked() {
    return booked;
  }
}
