package dev.parley.functions;

import static dev.parley.functions.Library.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.entities.Lineage;
import dev.parley.entities.Ref;
import dev.parley.functions.Library.Counted;
import dev.parley.functions.Shelf.Book;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;

/** Functions that cannot be registered, and inputs that do not fit those that are. */
class SignatureTest {
  private final Library library = new Library();

  record Deep(
      Optional<Shelf> maybe, Map<String, List<Book>> byKey, Inner inner, Ref<Shelf> reference) {}

  record Inner(Book book, int times) {}

  @Test
  void entities_are_addresses_in_the_schema_wherever_they_are() {
    library.registry.add(
        Function.named("deep", Deep.class, Shelf.class)
            .handledBy((caller, input) -> input.maybe().orElseThrow()));
    Registered<String> deep = library.registry.find("deep").orElseThrow();
    assertThat(deep.worksOnEntities()).isTrue();
    for (String place :
        List.of("/maybe", "/byKey/additionalProperties/items", "/inner/properties/book")) {
      assertThat(deep.inputSchema().at("/properties" + place + "/type").stringValue())
          .isEqualTo("string");
      assertThat(deep.inputSchema().at("/properties" + place + "/pattern").stringValue())
          .startsWith("^@");
    }
    assertThat(deep.outputSchema().at("/type").stringValue()).isEqualTo("string");
    assertThat(library.registry.find("label").orElseThrow().worksOnEntities()).isTrue();
  }

  @Test
  void entities_are_found_wherever_they_are() {
    library.shelf("one", "a", "b");
    library.shelf("two", "c");
    library.shelf("three");
    Function<String, Deep, Deep> all =
        library.adding(
            Function.named("all", Deep.class, Deep.class)
                .handledBy((caller, input) ->
                    new Deep(
                        input.maybe().map(shelf -> shelf.labelled("x")),
                        Map.of(
                            "k",
                            input.byKey().getOrDefault("k", List.of()).stream()
                                .map(Book::readOnceMore)
                                .toList()),
                        new Inner(input.inner().book().titled("C"), input.inner().times()),
                        input.reference())));
    byte[] result =
        library.calls.call(
            "ada",
            all.name(),
            json(
                "{'maybe': '@three', 'byKey': {'k': ['@a', '@b']},"
                    + " 'inner': {'book': '@c', 'times': 2}, 'reference': 'one'}"));
    assertThat(Json.MAPPER.readTree(result))
        .isEqualTo(
            json(
                "{'maybe':'@three:4','byKey':{'k':['@a:4','@b:4']},"
                    + "'inner':{'book':'@c:4','times':2},'reference':'one'}"));
    assertThat(library.newest(Shelf.class, "one").books())
        .extracting(Book::read)
        .containsExactly(1, 1);
    assertThat(library.newest(Shelf.class, "two").has("C")).isTrue();
  }

  @Test
  void a_plain_function_is_none_that_works_on_entities() {
    record Plain(String text, Lineage lineage) {}
    library.registry.add(
        Function.named("plain", Plain.class, Counted.class)
            .handledBy((caller, input) -> new Counted(input.text().length())));
    Registered<String> plain = library.registry.find("plain").orElseThrow();
    assertThat(plain.worksOnEntities()).isFalse();
    assertThat(plain.call("ada", json("{'text': 'abc', 'lineage': 'l'}")))
        .asString()
        .isEqualTo("{\"count\":3}");
    assertThat(library.calls.call("ada", "plain", json("{'text': 'abc', 'lineage': 'l'}")))
        .asString()
        .isEqualTo("{\"count\":3}");
    assertThatThrownBy(() ->
            library.registry.find("look").orElseThrow().call("ada", json("{'shelf': '@one'}")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("look works on entities: Calls run it");
  }

  record WithArray(String[] names) {}

  record WithArrays(List<String>[] names) {}

  @SuppressWarnings("rawtypes")
  record WithRaw(List names) {}

  record WithVariable<T>(T value) {}

  record HasVariable(WithVariable<String> value) {}

  record WithWildcard(List<?> values) {}

  record WithClass(Thread thread) {}

  record WithItself(List<WithItself> children) {}

  record WithKeys(Map<Integer, String> byNumber) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WithArray|WithArray.names: java.lang.String[] has no JSON shape: an array can change",
        "WithArrays|an array can change behind everybody's back; use List",
        "WithRaw|WithRaw.names: java.util.List has no JSON shape: it does not say of what",
        "WithVariable|it does not say of what",
        "HasVariable|of generic types only List, Set, Map by text and Ref have one here",
        "WithWildcard|WithWildcard.values: ? has no JSON shape: it must be known when the function",
        "WithClass|WithClass.thread: java.lang.Thread has no JSON shape: it is neither a record",
        "WithItself|it contains itself",
        "WithKeys|of generic types only List, Set, Map by text and Ref have one here"
      })
  void an_unusable_type_is_refused_when_the_function_is_registered(String type, String message)
      throws ClassNotFoundException {
    Class<?> unusable = Class.forName(SignatureTest.class.getName() + "$" + type);
    assertThatThrownBy(() ->
            library.registry.add(
                Function.named("bad", unusable, Counted.class)
                    .handledBy((caller, input) -> new Counted(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("bad cannot be registered: ")
        .hasMessageContaining(message);
    assertThatThrownBy(() ->
            library.registry.add(
                Function.<Library.Nothing, Object>named(
                        "bad", Library.Nothing.class, output(unusable))
                    .handledBy((caller, input) -> "")))
        .hasMessageContaining(message);
    assertThat(library.registry.find("bad")).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static Class<Object> output(Class<?> type) {
    return (Class<Object>) type;
  }

  @Test
  void an_input_is_a_record_of_parameters() {
    assertThatThrownBy(() ->
            library.registry.add(
                Function.named("bad", Shelf.class, Counted.class)
                    .handledBy((caller, input) -> new Counted(0))))
        .hasMessageEndingWith("is an entity: make it a component of an input record");
    assertThatThrownBy(() ->
            library.registry.add(
                Function.named("bad", String.class, Counted.class)
                    .handledBy((caller, input) -> new Counted(0))))
        .hasMessageContaining("java.lang.String has no JSON shape: it is neither a record");
  }

  @Test
  void an_output_of_unknown_elements_is_refused() {
    assertThatThrownBy(() ->
            library.registry.add(
                Function.named("bad", Library.Nothing.class, new TypeReference<List<Thread>>() {})
                    .handledBy((caller, input) -> List.of())))
        .hasMessageContaining("java.lang.Thread has no JSON shape");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'shelf': 5}|shelf must be the address of an entity",
        "{'shelf': 'one'}|shelf must be the address of an entity: the address \"one\" must begin",
        "{'shelf': '@'}|shelf must be the address of an entity",
        "{'shelf': '@one:0'}|shelf must be the address of an entity",
        "{'shelf': '@nobody'}|shelf leads nowhere: @nobody is unknown here",
        "{'shelf': '@one.book[0]'}|shelf leads nowhere",
        "{'shelf': '@one.books[7]'}|shelf leads nowhere",
        "{'shelf': '@one.label'}|shelf leads nowhere: @one.label is no entity",
        "{'shelf': '@one.books[0]'}|shelf must be a Shelf, not a Book",
        "{'shelf': '@one:99999999999999999999'}|shelf must be the address of an entity",
        "{'shelf': '@a'}|shelf must be a Shelf, not a Book",
        "{}|shelf is missing"
      })
  void an_address_that_leads_to_no_such_entity_is_refused(String params, String message) {
    library.shelf("one", "a");
    Outcome<Object> outcome = library.calls.run(Invocation.of("ada", "look", json(params)));
    assertThat(outcome.execution().error())
        .hasValueSatisfying(error -> assertThat(error).startsWith(message));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.error()).isInstanceOf(InvalidInput.class));
  }

  @Test
  void the_culprit_in_a_list_is_named_by_its_index() {
    library.shelf("one");
    Outcome<Object> outcome =
        library.calls.run(
            Invocation.of("ada", "labelAll", json("{'shelves': ['@one', '@nobody']}")));
    assertThat(outcome.execution().error().orElseThrow()).startsWith("shelves[1] leads nowhere");
  }

  @Test
  void a_function_is_called_only_where_it_is_registered() {
    Library other = new Library();
    assertThatThrownBy(() -> library.calls.call("ada", other.create, new Library.Nothing()))
        .hasMessage("create is registered as another function");
  }
}
