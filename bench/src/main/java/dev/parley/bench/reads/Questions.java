package dev.parley.bench.reads;

import dev.parley.bench.reads.World.Room;
import dev.parley.wire.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What is asked: what a page or a bot asks of a server all day, and the worst that it may ask. */
final class Questions {
  private static final String SEARCH = "messages.search";
  private static final String MESSAGES = "messages.list";
  private static final String CONVERSATIONS = "conversations.list";

  private final World world;
  private final Vocabulary vocabulary;
  private final Random random;

  Questions(World world, Vocabulary vocabulary, Random random) {
    this.world = world;
    this.vocabulary = vocabulary;
    this.random = random;
  }

  List<Question> all() {
    List<Question> all = new ArrayList<>();
    all.addAll(history());
    all.addAll(lists());
    all.addAll(searches());
    all.addAll(searchesInOneRoom());
    all.addAll(searchesOfOneWhoSeesLittle());
    return all;
  }

  private List<Question> history() {
    Room largest = world.rooms().getFirst();
    return List.of(
        Question.of(
            "history, newest page of any room",
            everywhere(),
            MESSAGES,
            () -> Map.of("conversation", anyRoom().id())),
        Question.of(
            "history, a page deep in the largest room",
            everywhere(),
            MESSAGES,
            () -> Map.of("conversation", largest.id(), "before", place(largest))),
        Question.of(
            "history, 100 from a place anywhere",
            everywhere(),
            MESSAGES,
            () -> {
              Room room = anyRoom();
              return Map.of("conversation", room.id(), "after", place(room), "limit", 100);
            }));
  }

  private List<Question> lists() {
    return List.of(
        Question.of(
            "my conversations with unread counts, first page",
            everywhere(),
            CONVERSATIONS,
            () -> Map.of("mine", true)),
        Question.pages(
            "my conversations, page after page of 100",
            everywhere(),
            CONVERSATIONS,
            Map.of("mine", true, "limit", 100)),
        Question.of("all that I may read, first page", everywhere(), CONVERSATIONS, Map::of),
        Question.of("all that I may read, as a newcomer", world.newcomer(), CONVERSATIONS, Map::of),
        Question.of(
            "unread count of one conversation",
            everywhere(),
            "conversations.get",
            () -> Map.of("id", anyRoom().id())));
  }

  private List<Question> searches() {
    List<Question> all = new ArrayList<>();
    for (int hits : Planted.HITS) {
      all.add(search("%,d hits".formatted(hits), everywhere(), Planted.word(hits)));
    }
    all.add(search("every second message", everywhere(), Planted.EVERY_SECOND));
    all.add(pages("10,000 hits", everywhere(), Planted.word(10_000)));
    all.add(pages("every second message", everywhere(), Planted.EVERY_SECOND));
    all.add(search("the most common word", everywhere(), vocabulary.ranked(0)));
    all.add(search("the beginning of many words (\"ba\")", everywhere(), "ba"));
    all.add(search("one letter (\"b\")", everywhere(), "b"));
    all.add(
        search(
            "a common word and a rare one",
            everywhere(),
            vocabulary.ranked(0) + " " + Planted.word(100)));
    all.add(
        search(
            "three common words",
            everywhere(),
            String.join(" ", vocabulary.ranked(0), vocabulary.ranked(1), Planted.EVERY_SECOND)));
    return all;
  }

  private List<Question> searchesInOneRoom() {
    return List.of(
        inOneRoom("10 hits elsewhere, mostly", Planted.word(10)),
        inOneRoom("10,000 hits in all rooms", Planted.word(10_000)),
        inOneRoom("every second message", Planted.EVERY_SECOND));
  }

  private List<Question> searchesOfOneWhoSeesLittle() {
    Actor newcomer = world.newcomer();
    return List.of(
        search("as a newcomer: 1,000 hits, one in ten to see", newcomer, Planted.word(1_000)),
        search("as a newcomer: every second message", newcomer, Planted.EVERY_SECOND),
        search("as a newcomer: 450,000 hits, none to see", newcomer, Planted.PRIVATE));
  }

  private static Question search(String name, Actor caller, String text) {
    return Question.of("search, " + name, caller, SEARCH, () -> Map.of("text", text));
  }

  private static Question pages(String name, Actor caller, String text) {
    return Question.pages(
        "search, " + name + ", page after page", caller, SEARCH, Map.of("text", text));
  }

  private Question inOneRoom(String name, String text) {
    return Question.of(
        "search in any one room, " + name,
        everywhere(),
        SEARCH,
        () -> Map.of("text", text, "conversation", anyRoom().id()));
  }

  private Actor everywhere() {
    return world.everywhere();
  }

  private Room anyRoom() {
    return world.rooms().get(random.nextInt(world.rooms().size()));
  }

  private long place(Room room) {
    return 1 + random.nextLong(Math.max(1, room.seq()));
  }
}
