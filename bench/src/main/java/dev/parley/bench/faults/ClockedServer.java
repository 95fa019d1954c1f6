package dev.parley.bench.faults;

import dev.parley.Configuration;
import dev.parley.Parley;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Scanner;

/**
 * The server as a process of its own whose clock can be put forward and back: each line on standard
 * input says by how many milliseconds it differs from the real one from now on.
 */
public final class ClockedServer {
  private static volatile long ahead;

  private ClockedServer() {}

  /**
   * Serves what the environment says.
   *
   * @param arguments by how many milliseconds the clock differs at the start
   */
  public static void main(String... arguments) {
    ahead = Long.parseLong(arguments[0]);
    Clock real = Clock.systemUTC();
    InstantSource clock = () -> real.instant().plus(Duration.ofMillis(ahead));
    try {
      Parley parley = new Parley(Configuration.of(System.getenv()), clock);
      Runtime.getRuntime().addShutdownHook(new Thread(parley::close));
      Scanner input = new Scanner(System.in);
      while (input.hasNextLong()) {
        ahead = input.nextLong();
      }
      System.exit(0);
    } catch (RuntimeException cannotStart) {
      cannotStart.printStackTrace();
      System.exit(1);
    }
  }
}
