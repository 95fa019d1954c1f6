package dev.parley.bench;

import java.util.Locale;

/**
 * What a run is asked to do.
 *
 * @param connections sockets, spread evenly over the rooms
 * @param posters how many of the connections also post
 * @param rate posts a second, all posters together; without meaning when saturating
 * @param saturate closed loop: every poster posts again when its last post is acknowledged
 * @param size bytes of a message's content
 * @param warmup seconds before anything is measured
 * @param seconds seconds measured
 */
record Plan(
    int connections,
    int rooms,
    int posters,
    double rate,
    boolean saturate,
    int size,
    int warmup,
    int seconds) {

  /** The most that {@code messages.post} accepts, in bytes. */
  private static final int LARGEST_CONTENT = 32_768;

  Plan {
    demand(connections > 0, "--connections must be at least 1");
    demand(rooms > 0 && rooms <= connections, "--rooms must be 1 to the number of connections");
    demand(posters > 0 && posters <= connections, "--posters must be 1 to the connections");
    demand(saturate || rate > 0, "--rate must be above 0");
    demand(warmup >= 0 && seconds > 0, "--seconds must be at least 1, --warmup at least 0");
    demand(
        size >= Stamp.LENGTH && size <= LARGEST_CONTENT,
        "--size must be " + Stamp.LENGTH + " to " + LARGEST_CONTENT);
  }

  private static void demand(boolean met, String otherwise) {
    if (!met) {
      throw new LoadFailure(otherwise);
    }
  }

  String describe() {
    String load =
        saturate
            ? String.format(Locale.ROOT, "%,d posters, closed loop", posters)
            : String.format(
                Locale.ROOT, "%,.0f posts/s from %,d posters, open loop", rate, posters);
    return String.format(
        Locale.ROOT,
        "%,d connections in %,d %s, %s, %,d-byte messages, %d s after %d s of warm-up",
        connections,
        rooms,
        rooms == 1 ? "room" : "rooms",
        load,
        size,
        seconds,
        warmup);
  }
}
