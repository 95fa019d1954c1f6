package dev.parley.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
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

  /** Measures more appends, one right after the other. */
  void append(int times) throws IOException {
    append(times, i -> {});
  }

  /** Measures more appends, so many a second: a disk and a processor that rest in between. */
  void append(int times, int perSecond) throws IOException {
    Schedule schedule = new Schedule(System.nanoTime(), perSecond, 1, 0);
    append(times, i -> LockSupport.parkNanos(schedule.due(i) - System.nanoTime()));
  }

  private void append(int times, IntConsumer awaitTurn) throws IOException {
    Path file = folder.resolve("appended");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
      for (int i = 0; i < times; i++) {
        awaitTurn.accept(i);
        long start = System.nanoTime();
        channel.write(page.clear());
        channel.force(false);
        nanos.recordValue(System.nanoTime() - start);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** How long one took, and what a post may take that waits for one. */
  String figures() {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p99 %.2f ms; 3 × p99 + 3 = %.2f ms",
        millis(50),
        millis(99),
        3 * millis(99) + 3);
  }

  private double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }
}
