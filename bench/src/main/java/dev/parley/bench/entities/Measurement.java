package dev.parley.bench.entities;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs single benchmarks, each in processes of its own. */
final class Measurement {
  private static final String[] JVM = {
    "-Xms2g",
    "-Xmx2g",
    "-XX:+UseCompactObjectHeaders",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow"
  };

  private final Effort effort;

  Measurement(Effort effort) {
    this.effort = effort;
  }

  /**
   * Measures one benchmark at one size.
   *
   * @throws IllegalStateException if its process failed
   */
  Figure of(Class<?> benchmarks, String method, GridSize size) {
    var options =
        new OptionsBuilder()
            .include("^" + benchmarks.getName().replace(".", "\\.") + "\\." + method + "$")
            .param("size", size.toString())
            .mode(Mode.SampleTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .addProfiler(GCProfiler.class)
            .addProfiler(ProcessorTime.class)
            .jvmArgs(JVM)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    try {
      return Figure.of(new Runner(effort.applyTo(options).build()).runSingle());
    } catch (RunnerException e) {
      throw new IllegalStateException(method + " at " + size + " could not be measured", e);
    }
  }
}
