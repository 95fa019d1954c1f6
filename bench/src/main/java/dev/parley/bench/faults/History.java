package dev.parley.bench.faults;

import dev.parley.bench.LoadFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happened to the clients of one room, in one order: what leaves is written down before it
 * leaves, what arrives after it has arrived. So if one thing ended before another began, it stands
 * before it. Safe for all threads.
 */
final class History {
  private final String room;
  private final Queue<Happening> happenings = new ConcurrentLinkedQueue<>();

  History(String room) {
    this.room = room;
  }

  void add(Happening happening) {
    happenings.add(happening);
  }

  String room() {
    return room;
  }

  List<Happening> happenings() {
    return List.copyOf(happenings);
  }

  /** Writes it down, a line of JSON each. */
  void keep(Path file) {
    List<String> lines = happenings.stream().map(History::line).toList();
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new LoadFailure("a history could not be kept in " + file + ": " + e);
    }
  }

  private static String line(Happening happening) {
    return JsonMapper.shared()
        .writeValueAsString(Map.of(happening.getClass().getSimpleName(), happening));
  }
}
