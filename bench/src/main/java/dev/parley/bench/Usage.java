package dev.parley.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used.
 *
 * @param cpuNanos processor time since it started, user and system
 * @param residentBytes memory it occupies now; 0 where the system does not tell
 */
public record Usage(long cpuNanos, long residentBytes) {

  static Usage of(ProcessHandle process) {
    Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
    return new Usage(cpu.toNanos(), resident(process.pid()));
  }

  private static long resident(long pid) {
    Path status = Path.of("/proc", String.valueOf(pid), "status");
    try {
      return Files.exists(status) ? fromProc(status) : fromPs(pid);
    } catch (IOException _) {
      return 0;
    }
  }

  private static long fromProc(Path status) throws IOException {
    try (var lines = Files.lines(status)) {
      return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(Usage::kib).sum();
    }
  }

  private static long fromPs(long pid) throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid)).start();
    return kib(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
  }

  private static long kib(String line) {
    String digits = line.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits) * 1024;
  }
}
