package dev.parley.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;

/** What the disk itself takes: appends of a page, each followed by fdatasync. */
final class Disk {
  private static final int PAGE = 4_096;
  private static final int DIGITS = 3;

  private final Path folder;
  private final Histogram nanos = new Histogram(DIGITS);

  /**
   * @param folder on the disk that is meant
   */
  Disk(Path folder) {
    this.folder = folder;
  }

  /** Measures more appends. */
  void append(int times) throws IOException {
    Path file = folder.resolve("appended");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
      for (int i = 0; i < times; i++) {
        long start = System.nanoTime();
        channel.write(page.clear());
        channel.force(false);
        nanos.recordValue(System.nanoTime() - start);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** How long one took, in milliseconds. */
  double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }
}
