package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  @Test
  void every_key_is_read_by_something() throws IOException {
    List<String> sources;
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      sources =
          files
              .filter(file -> file.toString().matches(".*\\.(java|xml)"))
              .filter(file -> !file.endsWith("Configuration.java"))
              .map(KeysTest::text)
              .toList();
    }
    for (Key key : Configuration.KEYS) {
      assertThat(sources)
          .as(key.name())
          .anyMatch(text ->
              text.contains("\"" + key.name() + "\"") || text.contains("${" + key.name() + ":-"));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void every_key_with_a_form_refuses_nonsense_and_names_itself() {
    for (Key key : Configuration.KEYS) {
      if (!(key.form() instanceof Key.Form.Any)) {
        assertThatThrownBy(() -> Configuration.of(Map.of(key.name(), "<nonsense>")))
            .as(key.name())
            .isInstanceOf(Configuration.Wrong.class)
            .hasMessageStartingWith(key.name() + " must be ");
      }
    }
  }

  @Test
  void every_standard_value_fits_its_own_key_and_may_not_be_emptied() {
    for (Key key : Configuration.KEYS) {
      if (!key.standard().isEmpty()) {
        assertThat(key.form().objection(key.standard())).as(key.name()).isEmpty();
        assertThatThrownBy(() -> Configuration.of(Map.of(key.name(), " ")))
            .hasMessage(key.name() + " must not be empty");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PARLEY_PUBLIC_URL, 'https://a.example,https://b.example'",
    "PARLEY_TRUSTED_PROXIES, 10.0.0.0/33",
    "PARLEY_TRUSTED_PROXIES, proxy.example",
    "PARLEY_JWT_ALGORITHMS, HS256",
    "PARLEY_JWT_ALGORITHMS, 'RS256,none'",
    "WEBSOCKET_MAX_CONNECTIONS, 99999999999999999999",
    "DB_POOL_TIMEOUT, 1e9"
  })
  void a_value_that_would_do_harm_later_is_refused_now(String key, String value) {
    assertThatThrownBy(() -> Configuration.of(Map.of(key, value)))
        .isInstanceOf(Configuration.Wrong.class)
        .hasMessageStartingWith(key + " must be ");
  }

  @ParameterizedTest
  @CsvSource({
    "PARLEY_TRUSTED_PROXIES, '127.0.0.1, 10.0.0.0/8, fd00::/8, ::1'",
    "PARLEY_ORIGINS, 'https://a.example, http://localhost:3000'",
    "PARLEY_JWT_ALGORITHMS, 'ES256, RS256'"
  })
  void a_value_that_is_fine_is_taken(String key, String value) {
    assertThat(Configuration.of(Map.of(key, value)).text(key)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me:s3cret@db/parley",
        "postgresql://me:s3cret%40x@db:5432/parley?ssl=true",
        "postgresql://me@db/parley?password=s3cret&ssl=true",
        "postgresql://me@db/parley?sslPassword=s3cret"
      })
  void no_part_of_a_password_is_shown(String url) {
    Configuration configuration = Configuration.of(Map.of("DATABASE_URL", url));
    assertThat(Configuration.shown(configuration, "DATABASE_URL"))
        .contains("me", "db", "parley")
        .doesNotContain("s3cret", "x@");
  }

  @Test
  void a_wrong_url_is_refused_without_its_password() {
    assertThatThrownBy(
            () -> Configuration.of(Map.of("DATABASE_URL", "postgresql://me:s3@cret@db/parley")))
        .isInstanceOf(Configuration.Wrong.class)
        .message()
        .startsWith("DATABASE_URL")
        .doesNotContain("s3", "cret");
  }
}
