package dev.parley.bench.faults;

import dev.parley.bench.LoadFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an operating system can do to a process. */
final class Signals {
  private Signals() {}

  /** Stops processes where they are (SIGSTOP). */
  static void stop(Stream<ProcessHandle> processes) {
    each(List.of("kill", "-STOP"), processes);
  }

  /** Lets them go on (SIGCONT). */
  static void resume(Stream<ProcessHandle> processes) {
    each(List.of("kill", "-CONT"), processes);
  }

  /** From now on none of them can write a file beyond so many bytes (RLIMIT_FSIZE). */
  static void limitFiles(Stream<ProcessHandle> processes, long bytes) {
    each(List.of("prlimit", "--fsize=" + bytes + ":", "--pid"), processes);
  }

  /** They can write again. */
  static void unlimitFiles(Stream<ProcessHandle> processes) {
    each(List.of("prlimit", "--fsize=unlimited:", "--pid"), processes);
  }

  private static void each(List<String> command, Stream<ProcessHandle> processes) {
    processes.forEach(one -> run(command, Long.toString(one.pid())));
  }

  /** One that has ended meanwhile is no failure. */
  private static void run(List<String> command, String pid) {
    List<String> whole = new ArrayList<>(command);
    whole.add(pid);
    try {
      new ProcessBuilder(whole)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new LoadFailure(command.getFirst() + " is needed here: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
