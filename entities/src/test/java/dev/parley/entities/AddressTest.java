package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notation of addresses. */
class AddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@a",
        "@a_B-9",
        "@a:7",
        "@a:999999999999999999",
        "@a.b",
        "@a.b.c",
        "@a:7.b[0]",
        "@a[0][12]",
        "@a.b[\"c\"]",
        "@a.b[\"with . and ] and [\"].c",
        "@a.b[\"\\\"quoted\\\" and \\\\\"]",
        "@a.b[\"\"]",
        "@a.größe",
      })
  void an_address_reads_as_it_is_written(String text) {
    assertThat(Address.parse(text)).hasToString(text);
  }

  @Test
  void its_parts_are_what_they_look_like() {
    Address address = Address.parse("@a:7.b[3][\"k\"]");
    assertThat(address.lineage()).isEqualTo(new Lineage("a"));
    assertThat(address.version()).isEqualTo(OptionalLong.of(7));
    assertThat(address.path())
        .containsExactly(
            new Address.Step.Name("b"), new Address.Step.Index(3), new Address.Step.Key("k"));
    assertThat(Address.of(new Lineage("a")).then(new Address.Step.Name("b"))).hasToString("@a.b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "''           | must begin with @ and a lineage (at character 1)",
        "a            | must begin with @",
        "' @a'        | must begin with @",
        "@            | needs a lineage of 1 to 40 letters",
        "@.b          | needs a lineage",
        "@ä           | needs a lineage",
        "@a b         | needs a lineage",
        "@a/b         | needs a lineage",
        "@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | needs a lineage",
        "@a:          | needs a version number of 1 or more after the colon",
        "@a:x         | needs a version number",
        "@a:0         | needs a version number",
        "@a:-1        | needs a version number",
        "@a:+1        | needs a version number",
        "@a:٣         | needs a version number",
        "@a:1:2       | needs a version number",
        "@a:9999999999999999999 | needs a version number",
        "@a.          | needs a name after the dot (at character 4)",
        "@a..b        | needs a name after the dot",
        "@a.b.        | needs a name after the dot",
        "@a.[0]       | needs a name after the dot",
        "@a[          | needs an index or a quoted key in brackets",
        "@a[]         | needs an index or a quoted key in brackets",
        "@a[-1]       | needs an index or a quoted key in brackets",
        "@a[1.5]      | needs an index or a quoted key in brackets",
        "@a[x]        | needs an index or a quoted key in brackets",
        "@a[٣]        | needs an index or a quoted key in brackets",
        "@a[9999999999] | needs an index or a quoted key in brackets",
        "@a[0         | needs a ] here",
        "@a[\"k       | needs a closing quote",
        "@a[\"k\"     | needs a ] here",
        "@a[\"k\\\"]  | needs a closing quote",
        "@a[\"k\"x]   | needs a ] here",
        "@a[0]b       | needs . or [ here (at character 6)",
      })
  void a_malformed_address_is_refused_with_what_is_wrong_and_where(String text, String reason) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(Refused.class)
        .hasMessageStartingWith("the address \"" + Refused.shown(text) + "\" ")
        .hasMessageContaining(reason);
  }

  @Test
  @SuppressWarnings("NullAway") // what programs that are not checked may do
  void null_and_what_is_too_long_are_refused() {
    assertThatThrownBy(() -> Address.parse(null)).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> Address.parse("@a." + "b".repeat(1_000)))
        .isInstanceOf(Refused.class)
        .hasMessage("an address must have at most 1000 characters");
  }

  @Test
  void whatever_characters_come_only_refused_escapes() {
    long seed = 7_041;
    Random random = new Random(seed);
    List<String> parts =
        List.of("@", "a", ":", "1", ".", "[", "]", "\"", "\\", "0", "b", " ", "\n", "ü", "\uD800");
    int parsed = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "@a" : "");
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(
            random.nextInt(8) == 0
                ? String.valueOf((char) random.nextInt(0x10000))
                : parts.get(random.nextInt(parts.size())));
      }
      parsed += parses(seed, text.toString()) ? 1 : 0;
    }
    System.out.println("seed " + seed + ": " + parsed + " of 200000 are addresses");
    assertThat(parsed).isPositive();
  }

  private static boolean parses(long seed, String text) {
    try {
      Address address = Address.parse(text);
      assertThat(Address.parse(address.toString())).as("seed " + seed).isEqualTo(address);
      return true;
    } catch (Refused refused) {
      assertThat(refused.getMessage()).contains("address");
      return false;
    }
  }
}
