package dev.parley.http;

import io.netty.handler.codec.compression.Brotli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library of Brotli. Whoever first asks Netty for it has it unpacked into a new folder
 * that is left behind; here it is told where to, and the folder goes as soon as the library is in.
 */
final class BrotliLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(BrotliLibrary.class);
  private static final String WHERE_TO = "com.aayushatharva.brotli4j.native.workdir";
  private static boolean asked;

  private BrotliLibrary() {}

  /** Loads it, if there is one for this machine; to be called before Netty compresses anything. */
  static synchronized void load() {
    if (asked) {
      return;
    }
    asked = true;
    try {
      Path folder = Files.createTempDirectory("parley-brotli");
      System.setProperty(WHERE_TO, folder.toString());
      LOG.debug("Brotli is available: {}", Brotli.isAvailable());
      System.clearProperty(WHERE_TO);
      delete(folder);
    } catch (IOException unwritable) {
      LOG.warn("the folder for temporary files is of no use", unwritable);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : deepestFirst) {
      Files.delete(one);
    }
  }
}
