package dev.parley.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What a run was made on: without it a figure says little.
 *
 * @param loadAverage of the last minute when the run began; negative where the system has none
 */
public record Machine(int processors, double loadAverage, String system, String java) {

  public static Machine here() {
    var bean = ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        bean.getAvailableProcessors(),
        bean.getSystemLoadAverage(),
        bean.getName() + " " + bean.getArch(),
        System.getProperty("java.version"));
  }

  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d processors, load average %.2f at the start, %s, Java %s",
        processors,
        loadAverage,
        system,
        java);
  }
}
