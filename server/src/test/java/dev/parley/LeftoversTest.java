package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChildServer;
import dev.parley.testing.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
}
