package dev.parley.bench.reads;

import dev.parley.wire.Actor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Accounts and rooms, and who is where. All of it follows from the seed. */
final class World {
  static final int ACCOUNTS = 100;

  private static final int MEMBERS = 10;
  private static final int PUBLIC_EACH = 10;
  private static final double SPREAD = 0.7;

  private final List<Actor> accounts =
      IntStream.range(0, ACCOUNTS).mapToObj(World::account).toList();
  private final List<Room> rooms;
  private final double[] cumulative;

  World(int count, Random random) {
    rooms = IntStream.range(0, count).mapToObj(number -> room(number, random)).toList();
    cumulative = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += 1 / Math.pow(i + 1, SPREAD);
      cumulative[i] = sum;
    }
  }

  /** A room while it is filled: its log's head and its count of messages grow. */
  static final class Room {
    private final int number;
    private final String id;
    private final boolean isPublic;
    private final List<Actor> members;
    private long seq;
    private long messages;

    private Room(int number, String id, boolean isPublic, List<Actor> members) {
      this.number = number;
      this.id = id;
      this.isPublic = isPublic;
      this.members = members;
    }

    int number() {
      return number;
    }

    String id() {
      return id;
    }

    boolean isPublic() {
      return isPublic;
    }

    List<Actor> members() {
      return members;
    }

    Actor somebody(Random random) {
      return members.get(random.nextInt(members.size()));
    }

    long nextSeq(int newMessages) {
      messages += newMessages;
      return ++seq;
    }

    long seq() {
      return seq;
    }

    long messages() {
      return messages;
    }
  }

  private static Actor account(int number) {
    String id = "bench-account-%04d".formatted(number);
    return new Actor(Actor.Kind.ACCOUNT, id, "reader" + number, Optional.empty());
  }

  private Room room(int number, Random random) {
    List<Actor> members = new ArrayList<>(List.of(everywhere()));
    random
        .ints(2, ACCOUNTS)
        .distinct()
        .limit(MEMBERS)
        .forEach(account -> members.add(accounts.get(account)));
    return new Room(
        number + 1, "bench-room-%05d".formatted(number), number % PUBLIC_EACH == 0, members);
  }

  List<Actor> accounts() {
    return accounts;
  }

  List<Room> rooms() {
    return rooms;
  }

  /** A member of all rooms. */
  Actor everywhere() {
    return accounts.get(0);
  }

  /** A member of none: reads public rooms only, one in ten. */
  Actor newcomer() {
    return accounts.get(1);
  }

  /** Where the next message goes: some rooms are busier than others. */
  Room busy(Random random) {
    double wanted = random.nextDouble() * cumulative[cumulative.length - 1];
    int place = Arrays.binarySearch(cumulative, wanted);
    return rooms.get(place < 0 ? Math.min(-place - 1, rooms.size() - 1) : place);
  }

  /** The session token of an account. */
  static String token(Actor account) {
    return "token-of-" + account.id();
  }
}
