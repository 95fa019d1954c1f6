package dev.parley.functions;

import static dev.parley.functions.Library.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.entities.Cause;
import dev.parley.entities.HeadMoved;
import dev.parley.entities.Lineage;
import dev.parley.entities.Refused;
import dev.parley.functions.Library.Counted;
import dev.parley.functions.Library.Labelled;
import dev.parley.functions.Library.Nothing;
import dev.parley.functions.Library.OneBook;
import dev.parley.functions.Library.OneShelf;
import dev.parley.functions.Library.Parts;
import dev.parley.functions.Library.Shelves;
import dev.parley.functions.Library.TwoShelves;
import dev.parley.functions.Shelf.Book;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What functions answer with, and what that means for the trees. */
class CallsTest {
  private final Library library = new Library();
  private final Calls<String> calls = library.calls;
  private final Shelf one = library.shelf("one", "a", "b");

  @Test
  void an_entity_that_is_answered_changed_is_kept_and_says_which_call_made_it() {
    Shelf labelled = calls.call("ada", library.label, new Labelled(one, "new"));
    assertThat(labelled).isSameAs(library.newest(Shelf.class, "one"));
    assertThat(labelled.label()).isEqualTo("new");
    assertThat(one.label()).isEqualTo("one");
    Execution call = library.provenance.newest().getFirst();
    Cause cause = library.repository.head(one.lineage()).orElseThrow().stamp().cause();
    assertThat(cause).isEqualTo(new Cause(call.id(), "label", "ada", Optional.empty()));
    assertThat(library.outputs()).containsExactly("MUTATED @one:2");
  }

  @Test
  void an_entity_given_by_address_and_changed_has_a_new_version() {
    byte[] result = calls.call("ada", "label", json("{'shelf': '@one', 'label': 'new'}"));
    assertThat(new String(result, StandardCharsets.UTF_8)).isEqualTo("\"@one:2\"");
    assertThat(library.newest(Shelf.class, "one").label()).isEqualTo("new");
    assertThat(library.repository.versions(one.lineage(), Long.MAX_VALUE, 10)).hasSize(2);
  }

  @Test
  void an_entity_that_is_answered_as_it_was_makes_no_version() {
    assertThat(calls.call("ada", library.look, new OneShelf(one))).isSameAs(one);
    assertThat(library.outputs()).containsExactly("UNCHANGED @one:1");
    assertThat(calls.call("ada", library.label, new Labelled(one, "one"))).isSameAs(one);
    assertThat(library.outputs()).containsExactly("UNCHANGED @one:1");
    assertThat(library.repository.versions(one.lineage(), Long.MAX_VALUE, 10)).hasSize(1);
  }

  @Test
  void what_the_caller_changed_before_the_call_is_kept_with_it() {
    Function<String, OneShelf, Shelf> keep =
        library.adding(
            Function.named("keep", OneShelf.class, Shelf.class)
                .handledBy((caller, input) -> input.shelf()));
    Shelf kept = calls.call("ada", keep, new OneShelf(one.labelled("by hand")));
    assertThat(kept).isSameAs(library.newest(Shelf.class, "one"));
    assertThat(library.outputs()).containsExactly("MUTATED @one:2");
  }

  @Test
  void new_entities_in_nested_containers_are_all_kept_together() {
    Map<String, List<Shelf>> made = calls.call("ada", library.create, new Nothing());
    assertThat(made.get("new"))
        .hasSize(2)
        .allSatisfy(
            shelf -> assertThat(library.newest(Shelf.class, shelf.label())).isSameAs(shelf));
    assertThat(library.outputs()).containsExactly("CREATED @n1:2", "CREATED @n2:2");
  }

  @Test
  void several_results_in_a_list_are_one_commit() {
    Shelf two = library.shelf("two");
    List<Shelf> all = calls.call("ada", library.labelAll, new Shelves(List.of(one, two)));
    assertThat(all).extracting(Shelf::label).containsExactly("all", "all");
    assertThat(library.outputs()).containsExactly("MUTATED @one:3", "MUTATED @two:3");
  }

  @Test
  void lists_of_addresses_are_taken_and_given() {
    library.shelf("two");
    byte[] result = calls.call("ada", "labelAll", json("{'shelves': ['@two', '@one']}"));
    assertThat(new String(result, StandardCharsets.UTF_8)).isEqualTo("[\"@two:3\",\"@one:3\"]");
  }

  @Test
  void a_value_is_answered_as_it_is() {
    assertThat(calls.call("ada", library.count, new OneShelf(one))).isEqualTo(new Counted(2));
    assertThat(library.outputs()).isEmpty();
  }

  @Test
  void an_owned_entity_that_is_answered_changed_is_put_into_its_tree() {
    calls.call("ada", "read", json("{'book': '@b'}"));
    assertThat(library.newest(Shelf.class, "one").books().get(1).read()).isEqualTo(1);
    assertThat(library.newest(Shelf.class, "one").books().get(0)).isSameAs(one.books().get(0));
    assertThat(library.outputs()).containsExactly("MUTATED @b:2", "MUTATED @one:2");
  }

  @Test
  void an_owned_entity_is_found_by_its_path() {
    calls.call("ada", "read", json("{'book': '@one.books[1]'}"));
    calls.call("ada", "read", json("{'book': '@one.books[1]'}"));
    assertThat(library.newest(Shelf.class, "one").books().get(1).read()).isEqualTo(2);
  }

  @Test
  void an_owned_entity_can_change_though_its_tree_has_changed_elsewhere() {
    Shelf newer = library.repository.commit(one.with(0, one.books().get(0).titled("A")));
    calls.call("ada", library.read, new OneBook(one.books().get(1)));
    assertThat(library.newest(Shelf.class, "one").books())
        .extracting(Book::title, Book::read)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("A", 0),
            org.assertj.core.groups.Tuple.tuple("b", 1));
    assertThat(newer.books().get(1).read()).isZero();
  }

  @Test
  void a_part_that_is_answered_beside_its_tree_without_it_is_a_tree_of_its_own() {
    Parts parts = calls.call("ada", library.takeOut, new OneShelf(one));
    assertThat(library.outputs()).containsExactly("MUTATED @one:2", "DETACHED @a:2");
    assertThat(library.repository.head(new Lineage("a")).orElseThrow().root())
        .isSameAs(parts.book().orElseThrow());
    assertThat(library.repository.history(new Lineage("a"), Long.MAX_VALUE, 10)).hasSize(2);
  }

  @Test
  void a_part_that_goes_from_one_tree_to_another_has_moved() {
    Shelf two = library.shelf("two");
    Function<String, TwoShelves, List<Book>> moved =
        library.adding(
            Function.named(
                    "found",
                    TwoShelves.class,
                    new tools.jackson.core.type.TypeReference<List<Book>>() {})
                .handledBy((caller, input) -> input.to().books()));
    calls.call("ada", library.move, new TwoShelves(one, two));
    assertThat(library.newest(Shelf.class, "two").has("a")).isTrue();
    assertThat(library.newest(Shelf.class, "one").has("a")).isFalse();
    assertThat(library.outputs()).containsExactly("MUTATED @one:3", "MUTATED @two:3");
    calls.call("ada", "found", json("{'from': '@one', 'to': '@two'}"));
    assertThat(library.outputs()).containsExactly("UNCHANGED @a:1");
    assertThat(moved.name()).isEqualTo("found");
  }

  record Attach(Shelf shelf, Book book) {}

  private Function<String, Attach, Attach> attach() {
    return library.adding(
        Function.named("attach", Attach.class, Attach.class)
            .handledBy(
                (caller, input) -> new Attach(input.shelf().with(input.book()), input.book())));
  }

  @Test
  void a_root_that_another_tree_takes_in_ends_as_a_tree_and_keeps_its_lineage() {
    Book loose = library.repository.commit(Book.named("loose"));
    calls.call("ada", attach(), new Attach(one, loose));
    assertThat(library.outputs()).containsExactly("MUTATED @one:3", "MOVED @loose:2");
    assertThat(library.repository.head(loose.lineage())).isEmpty();
    assertThat(library.newest(Shelf.class, "one").books()).contains(loose);
    assertThat(library.repository.history(loose.lineage(), Long.MAX_VALUE, 10)).hasSize(2);
  }

  @Test
  void a_part_of_a_tree_that_was_not_given_is_taken_out_of_it() {
    Shelf two = library.shelf("two");
    calls.call("ada", attach(), new Attach(two, one.books().getFirst()));
    assertThat(library.newest(Shelf.class, "one").has("a")).isFalse();
    assertThat(library.newest(Shelf.class, "two").has("a")).isTrue();
    assertThat(library.outputs()).containsExactly("MUTATED @two:3", "MOVED @a:1", "MUTATED @one:3");
  }

  @Test
  void an_old_version_is_neither_taken_in_nor_taken_out() {
    Book loose = library.repository.commit(Book.named("loose"));
    library.repository.commit(loose.readOnceMore());
    assertThatThrownBy(() -> calls.call("ada", attach(), new Attach(one, loose)))
        .isInstanceOf(HeadMoved.class)
        .hasMessageStartingWith("@loose:2 is not the newest version");
    Book a = one.books().getFirst();
    Shelf newer = library.repository.commit(one.with(0, a.readOnceMore()));
    Function<String, Attach, Attach> part =
        library.adding(
            Function.named("part", Attach.class, Attach.class)
                .handledBy((caller, input) ->
                    new Attach(input.shelf().without(input.book()), input.book())));
    assertThatThrownBy(() -> calls.call("ada", part, new Attach(newer, a)))
        .isInstanceOf(HeadMoved.class)
        .hasMessageStartingWith("@a:1 is not the newest version");
    assertThat(library.newest(Shelf.class, "one")).isSameAs(newer);
  }

  @Test
  void a_new_tree_may_take_in_what_was_there() {
    record Box(Book book) {}
    Function<String, Box, Shelf> wrap =
        library.adding(
            Function.named("wrap", Box.class, Shelf.class)
                .handledBy((caller, input) -> Shelf.named("around", input.book())));
    calls.call("ada", wrap, new Box(one.books().getFirst()));
    assertThat(library.outputs()).containsExactly("CREATED @around:2", "MUTATED @one:2");
  }

  @Test
  void a_result_that_is_another_in_its_tree_is_refused() {
    Function<String, OneShelf, Parts> contradict =
        library.adding(
            Function.named("contradict", OneShelf.class, Parts.class)
                .handledBy((caller, input) ->
                    new Parts(
                        input.shelf().labelled("x"),
                        Optional.of(input.shelf().books().getFirst().readOnceMore()))));
    assertThatThrownBy(() -> calls.call("ada", contradict, new OneShelf(one)))
        .isInstanceOf(Refused.class)
        .hasMessage("@a is answered by itself and, different, in its tree");
    assertThat(library.newest(Shelf.class, "one")).isSameAs(one);
  }

  @Test
  void a_result_that_is_there_twice_must_be_the_same() {
    Function<String, OneShelf, Shelves> twice =
        library.adding(
            Function.named("twice", OneShelf.class, Shelves.class)
                .handledBy((caller, input) ->
                    new Shelves(List.of(input.shelf(), input.shelf().labelled("x")))));
    assertThatThrownBy(() -> calls.call("ada", twice, new OneShelf(one)))
        .hasMessage("@one is answered twice, with different contents");
  }

  @Test
  void a_function_that_only_reads_can_change_nothing() {
    Function<String, OneShelf, Shelf> sly =
        library.adding(
            Function.named("sly", OneShelf.class, Shelf.class)
                .readOnly()
                .handledBy((caller, input) -> input.shelf().labelled("x")));
    assertThatThrownBy(() -> calls.call("ada", sly, new OneShelf(one)))
        .hasMessage("a function that only reads answered with a changed @one:2");
    assertThat(library.newest(Shelf.class, "one")).isSameAs(one);
  }

  @Test
  void a_call_that_fails_changes_nothing_and_leaves_a_record() {
    assertThatThrownBy(() -> calls.call("ada", library.fail, new OneShelf(one)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no luck with one");
    Execution failed = library.provenance.newest().getFirst();
    assertThat(failed.error()).contains("no luck with one");
    assertThat(failed.inputs()).extracting(Object::toString).containsExactly("@one:1");
    assertThat(failed.outputs()).isEmpty();
    assertThat(failed.commit()).isEmpty();
    assertThat(library.newest(Shelf.class, "one")).isSameAs(one);
  }

  @Test
  void one_result_that_cannot_be_kept_keeps_all_others_from_it() {
    Shelf two = library.shelf("two");
    library.repository.commit(two.labelled("meanwhile"));
    assertThatThrownBy(() -> calls.call("ada", library.labelAll, new Shelves(List.of(one, two))))
        .isInstanceOf(HeadMoved.class);
    assertThat(library.newest(Shelf.class, "one")).isSameAs(one);
  }

  @Test
  void a_handler_may_answer_later() {
    CompletableFuture<Shelf> later = new CompletableFuture<>();
    Function<String, OneShelf, Shelf> slow =
        library.adding(
            Function.named("slow", OneShelf.class, Shelf.class)
                .handledLaterBy((caller, input) -> later));
    CompletableFuture<Outcome<Shelf>> outcome =
        calls.callAsync(Invocation.of("ada", slow, new OneShelf(one)));
    assertThat(outcome).isNotDone();
    later.complete(one.labelled("later"));
    assertThat(outcome.join().orThrow().label()).isEqualTo("later");
    assertThat(library.newest(Shelf.class, "one").label()).isEqualTo("later");
  }

  @Test
  void a_handler_that_fails_later_fails_with_its_own_error() {
    Function<String, OneShelf, Shelf> broken =
        library.adding(
            Function.named("broken", OneShelf.class, Shelf.class)
                .handledLaterBy((caller, input) ->
                    CompletableFuture.supplyAsync(() -> {
                      throw new CompletionException(new IllegalStateException("later"));
                    })));
    assertThatThrownBy(() -> calls.call("ada", broken, new OneShelf(one)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("later");
  }

  @Test
  void calls_of_a_batch_are_made_in_order_and_fail_one_by_one() {
    List<Outcome<Object>> outcomes =
        calls.callAll(
            List.of(
                Invocation.of("ada", "label", json("{'shelf': '@one', 'label': 'x'}")),
                Invocation.of("ada", "fail", json("{'shelf': '@one'}")),
                Invocation.of("ada", "nothing", json("{}")),
                Invocation.of("ada", "label", json("{'shelf': '@one', 'label': ''}")),
                Invocation.of("ada", "count", json("{'shelf': '@one'}"))));
    assertThat(outcomes.get(0).orThrow()).isInstanceOf(Shelf.class);
    assertThat(outcomes.get(1).execution().error()).contains("no luck with x");
    assertThat(outcomes.get(2).execution().error()).contains("there is no function nothing");
    assertThat(outcomes.get(3).execution().error()).contains("label must not be empty");
    assertThat(outcomes.get(4).orThrow()).isEqualTo(new Counted(2));
    assertThat(library.provenance.newest()).hasSize(5);
  }

  @Test
  void null_is_no_answer() {
    Function<String, OneShelf, Shelf> nothing =
        library.adding(
            Function.named("nothing", OneShelf.class, Shelf.class)
                .handledBy((caller, input) -> Library.nullOf(Shelf.class)));
    assertThatThrownBy(() -> calls.call("ada", nothing, new OneShelf(one)))
        .hasMessage("nothing answered null");
  }

  @Test
  void an_optional_result_may_be_nothing() {
    Function<String, OneShelf, Optional<Book>> first =
        library.adding(
            Function.named(
                    "first",
                    OneShelf.class,
                    new tools.jackson.core.type.TypeReference<Optional<Book>>() {})
                .readOnly()
                .handledBy((caller, input) -> input.shelf().books().stream().findFirst()));
    library.shelf("two");
    assertThat(calls.call("ada", first, new OneShelf(one))).contains(one.books().getFirst());
    assertThat(calls.call("ada", "first", json("{'shelf': '@two'}"))).asString().isEqualTo("null");
    assertThat(calls.call("ada", "first", json("{'shelf': '@one'}")))
        .asString()
        .isEqualTo("\"@a:1\"");
  }
}
