package dev.parley.functions;

import static dev.parley.functions.Library.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.entities.Lineage;
import dev.parley.functions.Library.OneShelf;
import dev.parley.functions.Shelf.Counter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is told of calls. */
class CallEventsTest {
  private final Library library = new Library();
  private final Calls<String> calls = library.calls;
  private final Events events = library.events;
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  @Test
  void start_changes_and_end_of_every_call_are_told_in_this_order() {
    library.shelf("one", "a");
    events.on(Event.class).then(event -> told.add(shown(event)));
    for (int i = 0; i < 3; i++) {
      calls.call("ada", "label", json("{'shelf': '@one', 'label': '" + i + "'}"));
    }
    events.settle();
    List<String> each = List.of("Started label", "Changed @one", "Completed label");
    assertThat(told).hasSize(9);
    for (int i = 0; i < 3; i++) {
      assertThat(told.subList(3 * i, 3 * i + 3)).isEqualTo(each);
    }
  }

  private static String shown(Event event) {
    String type = event.getClass().getSimpleName();
    return switch (event) {
      case Event.OfCall call -> type + " " + call.function();
      case Event.OfEntity of -> type + " @" + of.entity().lineage();
    };
  }

  @Test
  void a_call_that_fails_is_told_with_its_error_and_no_change() {
    Shelf one = library.shelf("one", "a");
    events.on(Event.Failed.class).then(e -> told.add(e.execution().error().orElseThrow()));
    events.on(Event.Completed.class).then(e -> told.add("completed"));
    events.on(Event.OfEntity.class).then(e -> told.add("changed"));
    calls.run(Invocation.of("ada", library.fail, new OneShelf(one)));
    events.settle();
    assertThat(told).containsExactly("no luck with one");
  }

  @Test
  void calls_are_selected_by_the_entities_that_they_worked_on() {
    library.shelf("one", "a");
    library.shelf("two", "b");
    events
        .on(Event.Completed.class)
        .about(new Lineage("two"))
        .when(e -> e.function().equals("label"))
        .then(e -> told.add(e.execution().outputs().getFirst().address().toString()));
    for (String shelf : List.of("one", "two")) {
      calls.call("ada", "label", json("{'shelf': '@" + shelf + "', 'label': 'x'}"));
      calls.call("ada", "look", json("{'shelf': '@" + shelf + "'}"));
    }
    events.settle();
    assertThat(told).containsExactly("@two:4");
  }

  @Test
  void a_trigger_calls_functions_and_what_comes_of_it_is_told_afterwards() {
    CountDownLatch both = new CountDownLatch(1);
    library.repository.commit(Counter.named("changes"));
    library.shelf("one", "a");
    events
        .on(Event.Changed.class)
        .of(Shelf.class)
        .then(e -> {
          Library.await(both);
          calls.call("trigger", "increase", json("{'counter': '@changes'}"));
        });
    events.on(Event.Completed.class).then(e -> told.add(e.function()));
    calls.call("ada", "label", json("{'shelf': '@one', 'label': 'x'}"));
    calls.call("ada", "label", json("{'shelf': '@one', 'label': 'y'}"));
    both.countDown();
    events.settle();
    assertThat(told).containsExactly("label", "label", "increase", "increase");
    assertThat(library.newest(Counter.class, "changes").count()).isEqualTo(2);
  }

  @Test
  void triggers_that_call_each_other_are_stopped_with_the_chain() {
    library.repository.commit(Counter.named("ping"));
    library.repository.commit(Counter.named("pong"));
    events
        .on(Event.Changed.class)
        .about(new Lineage("ping"))
        .then(e -> calls.call("trigger", "increase", json("{'counter': '@pong'}")));
    events
        .on(Event.Completed.class)
        .about(new Lineage("pong"))
        .then(e ->
            calls
                .callAsync(Invocation.of("trigger", "increase", json("{'counter': '@ping'}")))
                .join()
                .orThrow());
    calls.call("ada", "increase", json("{'counter': '@ping'}"));
    events.settle();
    assertThat(library.failures)
        .singleElement()
        .isInstanceOf(Looping.class)
        .asString()
        .contains("more than 16 deep: increase → increase → ");
    assertThat(library.newest(Counter.class, "ping").count()).isEqualTo(8);
    assertThat(library.newest(Counter.class, "pong").count()).isEqualTo(8);
    assertThat(library.provenance.newest().getFirst().error().orElseThrow()).contains("16 deep");
  }
}
