package dev.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new folder, which goes with all that is in it. */
public record Folder(Path path) implements AutoCloseable {
  public static Folder named(String beginning) {
    try {
      return new Folder(Files.createTempDirectory(beginning));
    } catch (IOException noFolder) {
      throw new UncheckedIOException(noFolder);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException leftOver) {
      throw new UncheckedIOException(leftOver);
    }
  }
}
