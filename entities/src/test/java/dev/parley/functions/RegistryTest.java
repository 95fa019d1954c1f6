package dev.parley.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RegistryTest {
  private final Registry<String> registry = new Registry<>();

  record Asked(@Text(max = 3) String name) {}

  record Answered(String greeting, Optional<String> more) {}

  private enum Mark implements Attribute {
    LOUD
  }

  private static Function<String, Asked, Answered> greet(AtomicInteger calls) {
    return Function.named("greet", Asked.class, Answered.class)
        .described("Greet", "Says hello.")
        .with(Mark.LOUD)
        .handledBy((caller, input) -> {
          calls.incrementAndGet();
          return new Answered(caller + " greets " + input.name(), Optional.empty());
        });
  }

  @Test
  void a_function_is_called_with_its_types() {
    registry.add(greet(new AtomicInteger()));
    byte[] result =
        registry
            .find("greet")
            .orElseThrow()
            .call("ada", Json.MAPPER.readTree("{\"name\":\"bob\"}"));
    assertThat(new String(result, StandardCharsets.UTF_8))
        .isEqualTo("{\"greeting\":\"ada greets bob\"}");
  }

  @Test
  void what_does_not_fit_never_reaches_the_function() {
    AtomicInteger calls = new AtomicInteger();
    registry.add(greet(calls));
    for (String bad : List.of("{}", "{\"name\":\"long\"}", "{\"name\":\"a\",\"x\":1}", "[]", "1")) {
      JsonNode params = Json.MAPPER.readTree(bad);
      assertThatThrownBy(() -> registry.find("greet").orElseThrow().call("ada", params))
          .isInstanceOf(InvalidInput.class);
    }
    assertThat(calls).hasValue(0);
  }

  @Test
  void a_function_says_what_it_is() {
    registry.add(greet(new AtomicInteger()));
    Registered<String> greet = registry.find("greet").orElseThrow();
    assertThat(greet.function().title()).isEqualTo("Greet");
    assertThat(greet.function().attribute(Mark.class)).contains(Mark.LOUD);
    assertThat(greet.function().readOnly()).isFalse();
    assertThat(greet.inputSchema().at("/properties/name/maxLength").intValue()).isEqualTo(3);
    assertThat(greet.outputSchema().at("/required/0").stringValue()).isEqualTo("greeting");
    greet.inputSchema().removeAll();
    assertThat(greet.inputSchema().isEmpty()).isFalse();
  }

  @Test
  void a_name_is_taken_once() {
    registry.add(greet(new AtomicInteger()));
    assertThatThrownBy(() -> registry.add(greet(new AtomicInteger())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("greet is already registered");
    assertThat(registry.all()).hasSize(1);
    assertThat(registry.find("Greet")).isEmpty();
  }

  record WithClass(Thread thread) {}

  record WithKeys(Map<Integer, String> byNumber) {}

  record WithArray(String[] names) {}

  record WithNested(List<Optional<String>> names) {}

  record WithVariable<T>(T value) {}

  @SuppressWarnings("rawtypes")
  record WithRaw(Optional value) {}

  record WithItself(List<WithItself> children) {}

  static final class NoRecord {}

  @Test
  void a_type_without_a_json_shape_is_refused_when_the_function_is_registered() {
    for (Class<?> type :
        List.of(
            WithClass.class,
            WithKeys.class,
            WithArray.class,
            WithNested.class,
            WithVariable.class,
            WithRaw.class,
            WithItself.class,
            NoRecord.class)) {
      assertThatThrownBy(() ->
              registry.add(
                  Function.named("bad", type, Answered.class)
                      .handledBy((caller, input) -> new Answered("", Optional.empty()))))
          .as(type.getSimpleName())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(registry.all()).isEmpty();
  }
}
