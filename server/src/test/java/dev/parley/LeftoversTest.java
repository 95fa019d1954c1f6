package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChildServer;
import dev.parley.testing.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a server takes of the machine besides its data. */
class LeftoversTest {
  @Test
  void a_server_that_is_killed_leaves_no_library_of_brotli_behind() throws Exception {
    try (ChildServer server = ChildServer.start(Database.SQLITE)) {
      server.kill();
      try (Stream<Path> left = Files.list(server.temporary())) {
        assertThat(left.map(Path::getFileName).map(Path::toString))
            .noneMatch(name -> name.contains("brotli"));
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void brotli_is_loaded_only_where_answers_are_compressed() throws Exception {
    for (boolean compressed : new boolean[] {true, false}) {
      Map<String, String> settings = Map.of("ENABLE_COMPRESSION", Boolean.toString(compressed));
      try (ChildServer server = ChildServer.start(Database.SQLITE, settings)) {
        assertThat(server.hasLoaded("libbrotli")).isEqualTo(compressed);
      }
    }
  }
}
