package dev.parley.functions;

import static dev.parley.functions.Library.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.entities.Address;
import dev.parley.entities.Lineage;
import dev.parley.entities.Refused;
import dev.parley.functions.Library.Labelled;
import dev.parley.functions.Library.Nothing;
import dev.parley.functions.Library.OneCounter;
import dev.parley.functions.Library.OneShelf;
import dev.parley.functions.Library.TwoShelves;
import dev.parley.functions.Shelf.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private final Library library = new Library();
  private final Calls<String> calls = library.calls;
  private final Provenance provenance = library.provenance;

  @Test
  void every_kind_of_call_leaves_a_record_with_its_duration() {
    Shelf one = library.shelf("one", "a");
    calls.call("ada", library.look, new OneShelf(one));
    calls.call("ada", library.count, new OneShelf(one));
    calls.call("ada", "label", json("{'shelf': '@one', 'label': 'x'}"));
    calls.call("ada", library.create, new Nothing());
    calls.run(Invocation.of("ada", library.fail, new OneShelf(one)));
    calls.callAsync(Invocation.of("ada", library.look, new OneShelf(one))).join();
    assertThat(provenance.newest())
        .extracting(Execution::function)
        .containsExactly("look", "fail", "create", "label", "count", "look");
    assertThat(provenance.newest())
        .allSatisfy(execution -> {
          assertThat(execution.started()).isEqualTo(Library.NOW);
          assertThat(execution.duration()).isEqualTo(Duration.ofNanos(250));
          assertThat(execution.caller()).isEqualTo(Caller.of("ada"));
          assertThat(execution.attempts()).isEqualTo(1);
          assertThat(provenance.find(execution.id())).contains(execution);
        });
  }

  @Test
  void values_are_taken_down_with_entities_by_address() {
    Shelf one = library.shelf("one");
    calls.call("ada", library.label, new Labelled(one, "new"));
    assertThat(provenance.newest().getFirst().values())
        .isEqualTo("{\"shelf\":\"@one:1\",\"label\":\"new\"}");
    calls.call("ada", "label", json("{'shelf': '@one', 'label': 'newer'}"));
    assertThat(provenance.newest().getFirst().values())
        .isEqualTo("{\"shelf\":\"@one\",\"label\":\"newer\"}");
    calls.call("ada", "label", json("{'shelf': '@one', 'label': '" + "x".repeat(5_000) + "'}"));
    assertThat(provenance.newest().getFirst().values()).hasSize(1_001).endsWith("xx…");
  }

  @Test
  void a_function_can_keep_its_input_to_itself() {
    record Secret(String password) {}
    Function<String, Secret, Library.Counted> discreet =
        library.adding(
            Function.named("discreet", Secret.class, Library.Counted.class)
                .with(Recording.WITHOUT_VALUES)
                .handledBy((caller, input) -> new Library.Counted(input.password().length())));
    calls.call("ada", discreet, new Secret("hush"));
    assertThat(provenance.newest().getFirst().values()).isEmpty();
  }

  @Test
  void outputs_of_one_call_are_siblings() {
    Shelf one = library.shelf("one", "a");
    Shelf two = library.shelf("two");
    calls.call("ada", library.move, new TwoShelves(one, two));
    assertThat(provenance.siblings(Address.parse("@one:3")))
        .singleElement()
        .hasToString("Output[address=" + Address.parse("@two:3") + ", meaning=MUTATED]");
    assertThat(provenance.siblings(Address.parse("@one:1"))).isEmpty();
  }

  @Test
  void what_a_version_came_from_and_what_came_of_it_is_found_across_calls() {
    record Made(Shelf from) {}
    Function<String, Made, Counter> tally =
        library.adding(
            Function.named("tally", Made.class, Counter.class)
                .handledBy((caller, input) ->
                    new Counter(Counter.named("tally").id(), input.from().books().size())));
    library.shelf("one", "a");
    library.shelf("other");
    calls.call("ada", "label", json("{'shelf': '@other', 'label': 'x'}"));
    calls.call("ada", "label", json("{'shelf': '@one', 'label': 'x'}"));
    calls.call("bob", tally.name(), json("{'from': '@one'}"));
    calls.call("eve", "increase", json("{'counter': '@tally'}"));
    long last = library.newest(Counter.class, "tally").id().version();
    assertThat(provenance.upstream(Address.parse("@tally:" + last)))
        .extracting(Execution::function)
        .containsExactly("increase", "tally", "label");
    assertThat(provenance.downstream(Address.parse("@one:1")))
        .extracting(Execution::function)
        .containsExactly("label", "tally", "increase");
    assertThat(provenance.downstream(Address.parse("@one:" + last))).isEmpty();
    assertThat(provenance.of(new Lineage("other"))).hasSize(1);
    assertThatThrownBy(() -> provenance.upstream(Address.parse("@one")))
        .hasMessage("@one states no version");
  }

  @Test
  void a_call_that_only_looked_hands_nothing_on() {
    library.adding(
        Function.named("second", TwoShelves.class, Shelf.class)
            .readOnly()
            .handledBy((caller, input) -> input.to()));
    library.shelf("one", "a");
    library.shelf("two");
    calls.call("ada", "look", json("{'shelf': '@one'}"));
    calls.call("ada", "second", json("{'from': '@one', 'to': '@two'}"));
    calls.call("ada", "count", json("{'shelf': '@two'}"));
    assertThat(provenance.downstream(Address.parse("@one:1")))
        .extracting(Execution::function)
        .containsExactly("look", "second");
    assertThat(provenance.upstream(Address.parse("@one:1"))).isEmpty();
  }

  @Test
  void a_handler_tells_where_attributes_came_from() {
    Shelf one = library.shelf("one");
    Shelf two = library.shelf("two");
    record Mixed(Shelf from, Shelf to, String suffix) {}
    Function<String, Mixed, Shelf> borrow =
        library.adding(
            Function.named("borrow", Mixed.class, Shelf.class)
                .tracedBy((caller, input, origins) -> {
                  Shelf to = input.to().labelled(input.from().label() + input.suffix());
                  origins.from(to, "label", input.from(), "label");
                  origins.fromInput(to, "label", input, "suffix");
                  return to;
                }));
    calls.call("ada", borrow, new Mixed(one, two, "!"));
    assertThat(provenance.origins(Address.parse("@two:3")))
        .containsExactly(
            new Execution.Origin(
                Address.parse("@two:3.label"),
                new Execution.Source.OfEntity(Address.parse("@one:1.label"))),
            new Execution.Origin(
                Address.parse("@two:3.label"), new Execution.Source.OfInput("suffix")));
    assertThat(provenance.origins(Address.parse("@one:1"))).isEmpty();
  }

  @Test
  void an_attribute_that_is_none_is_refused() {
    Shelf one = library.shelf("one");
    Function<String, OneShelf, Shelf> wrong =
        library.adding(
            Function.named("wrong", OneShelf.class, Shelf.class)
                .tracedBy((caller, input, origins) -> {
                  origins.from(input.shelf(), "colour", Address.parse("@one"));
                  return input.shelf();
                }));
    assertThatThrownBy(() -> calls.call("ada", wrong, new OneShelf(one)))
        .isInstanceOf(Refused.class)
        .hasMessage("Shelf has no component colour; it has id, label, books");
  }

  @Test
  void only_so_many_calls_are_known() {
    Provenance three = new Provenance(3);
    Calls<String> bounded =
        new Calls<>(
            library.repository,
            library.registry,
            library.events,
            three,
            caller -> new Caller(caller, Optional.of("bob")),
            Timing.SYSTEM);
    library.repository.commit(Counter.named("c"));
    for (int i = 0; i < 10; i++) {
      bounded.call("ada", "increase", json("{'counter': '@c'}"));
    }
    assertThat(three.newest())
        .hasSize(3)
        .extracting(e -> e.commit().orElseThrow())
        .containsExactly(11L, 10L, 9L);
    assertThat(three.upstream(Address.parse("@c:11"))).hasSize(3);
    assertThat(library.repository.head(new Lineage("c")).orElseThrow().stamp().cause().onBehalfOf())
        .contains("bob");
  }

  @Test
  void a_call_that_ran_again_is_one_record() {
    Counter counter = library.repository.commit(Counter.named("c"));
    calls.call("ada", library.increase, new OneCounter(counter));
    calls.run(
        Invocation.of("ada", library.increase, new OneCounter(counter)).with(OnConflict.RETRY));
    assertThat(provenance.newest()).extracting(Execution::attempts).isEqualTo(List.of(2, 1));
  }
}
