package dev.parley.conversations;

import dev.parley.wire.Actor;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The reactions of one message: for each emoji, who. Kept in an order that depends on nothing but
 * what they are, so that applying events and reading afresh show the same.
 */
final class Reactions {
  private static final int MOST_NAMED = 50;

  private final SortedMap<String, SortedMap<String, Actor>> byEmoji = new TreeMap<>();

  void add(String emoji, Actor by) {
    byEmoji.computeIfAbsent(emoji, fresh -> new TreeMap<>()).put(by.id(), by);
  }

  void remove(String emoji, Actor by) {
    byEmoji.computeIfPresent(
        emoji,
        (known, all) -> {
          all.remove(by.id());
          return all.isEmpty() ? null : all;
        });
  }

  boolean knows(String emoji) {
    return byEmoji.containsKey(emoji);
  }

  /** How many different emojis. */
  int size() {
    return byEmoji.size();
  }

  /** As messages bear them: all counted, the first fifty named. */
  List<Message.Reaction> shown() {
    return byEmoji.entrySet().stream()
        .map(entry -> shown(entry.getKey(), entry.getValue().values()))
        .toList();
  }

  private static Message.Reaction shown(String emoji, Collection<Actor> by) {
    return new Message.Reaction(emoji, by.size(), by.stream().limit(MOST_NAMED).toList());
  }
}
