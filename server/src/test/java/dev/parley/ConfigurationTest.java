package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "PARLEY_PORT, 70000",
    "PARLEY_PORT, eighty",
    "PARLEY_REGISTRATION, perhaps",
    "PARLEY_PUBLIC_URL, chat.example.com",
    "PARLEY_ORIGINS, ftp://example.com",
    "RATE_LIMIT_PER_CONNECTION, -1",
    "SLOW_QUERY_THRESHOLD, fast",
    "ENABLE_METRICS, yes",
    "COMPRESSION_LEVEL, 10",
    "DATABASE_URL, mysql://localhost/x",
    "PARLEY_TLS_CERT, cert.pem",
    "PARLEY_JWT_ISSUER, https://issuer.example",
    "PARLEY_PROT, 80"
  })
  void a_wrong_value_is_refused_in_one_line_that_names_the_key(String key, String value) {
    assertThatThrownBy(() -> Configuration.of(Map.of(key, value)))
        .isInstanceOf(Configuration.Wrong.class)
        .hasMessageContaining(key.startsWith("PARLEY_JWT") ? "PARLEY_JWT" : key)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void the_environment_wins_over_the_file_and_the_file_over_the_standard() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("p.properties"), "PARLEY_PORT=1234\nPARLEY_HOST=0.0.0.0\n");
    Configuration configuration =
        Configuration.of(Map.of("PARLEY_CONFIG", file.toString(), "PARLEY_PORT", "99"));
    assertThat(configuration.number("PARLEY_PORT")).isEqualTo(99);
    assertThat(configuration.text("PARLEY_HOST")).isEqualTo("0.0.0.0");
    assertThat(configuration.number("DB_POOL_SIZE")).isEqualTo(4);
    Files.writeString(file, "PARLEY_PROT=1\n");
    assertThatThrownBy(() -> Configuration.of(Map.of("PARLEY_CONFIG", file.toString())))
        .hasMessageContaining("PARLEY_PROT");
  }

  @Test
  void a_password_in_a_url_is_not_shown() {
    Configuration configuration =
        Configuration.of(Map.of("DATABASE_URL", "postgresql://me:secret@db/parley"));
    assertThat(Configuration.shown(configuration, "DATABASE_URL"))
        .isEqualTo("postgresql://me:***@db/parley");
  }
}
