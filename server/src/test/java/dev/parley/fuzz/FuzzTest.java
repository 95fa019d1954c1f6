package dev.parley.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.socket.FrameFuzz;
import dev.parley.wire.CursorFuzz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The seeds of src/test/fuzz hold, and so does what a few thousand accidents make of them. {@code
 * ./parley fuzz} has Jazzer look for worse as long as one likes; what it finds becomes a seed.
 */
class FuzzTest {
  enum Target {
    FRAMES("frames", 500, FrameFuzz::fuzzerTestOneInput),
    JSON_RPC("json-rpc", 4_000, JsonRpcFuzz::fuzzerTestOneInput),
    CURSORS("cursors", 4_000, CursorFuzz::fuzzerTestOneInput),
    ADDRESSES("addresses", 4_000, AddressFuzz::fuzzerTestOneInput);

    private final String folder;
    private final int accidents;
    private final Consumer<byte[]> trial;

    Target(String folder, int accidents, Consumer<byte[]> trial) {
      this.accidents = accidents;
      this.folder = folder;
      this.trial = trial;
    }

    List<byte[]> seeds() throws IOException {
      try (Stream<Path> files = Files.list(Path.of("src", "test", "fuzz", folder))) {
        return files.sorted().map(Target::bytes).toList();
      }
    }

    private static byte[] bytes(Path file) {
      try {
        return Files.readAllBytes(file);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    void on(byte[] input) {
      try {
        trial.accept(input);
      } catch (RuntimeException | AssertionError found) {
        throw new AssertionError(this + " of " + HexFormat.of().formatHex(input), found);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_seed_and_what_accidents_make_of_it_holds(Target target) throws IOException {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.out.println("seed " + seed);
    List<byte[]> seeds = target.seeds();
    assertThat(seeds).isNotEmpty();
    seeds.forEach(target::on);
    Accidents accidents = new Accidents(seeds, new Random(seed));
    for (int i = 0; i < target.accidents; i++) {
      target.on(accidents.next());
    }
  }
}
