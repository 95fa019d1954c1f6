package dev.parley.bench.faults;

import dev.parley.bench.faults.Happening.Acknowledged;
import dev.parley.bench.faults.Happening.Fetched;
import dev.parley.bench.faults.Happening.Place;
import dev.parley.bench.faults.Happening.Received;
import dev.parley.bench.faults.Happening.Refused;
import dev.parley.bench.faults.Happening.Sent;
import dev.parley.bench.faults.Happening.Subscribed;
import dev.parley.bench.faults.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks for broken promises in the history of a room. What the room's log is comes from one reader,
 * who read all of it when everything was over; that reader has no other privilege.
 */
final class Checker {
  private final List<Happening> history;
  private final TreeMap<Long, Long> log = new TreeMap<>();
  private final Map<Long, Long> places = new HashMap<>();
  private final List<Violation> found = new ArrayList<>();

  private Checker(List<Happening> history, int last) {
    this.history = history;
    all(Received.class)
        .filter(received -> received.client() == last)
        .forEach(received -> log.put(received.seq(), received.number()));
  }

  /**
   * All that can be found.
   *
   * @param last the client who read the log from the beginning when everything was over
   */
  static List<Violation> check(List<Happening> history, int last) {
    Checker checker = new Checker(history, last);
    checker.log();
    checker.posts();
    checker.order();
    checker.readers();
    checker.state();
    return checker.found;
  }

  /** Nothing twice, nothing that nobody sent. */
  private void log() {
    Set<Long> sent = new HashSet<>();
    all(Sent.class).forEach(one -> sent.add(one.number()));
    log.forEach((seq, number) -> {
      if (number == Happening.NO_POST) {
        return;
      }
      Long before = places.putIfAbsent(number, seq);
      if (before != null) {
        find(Kind.TWICE, "post %d stands at %d and %d", number, before, seq);
      }
      if (!sent.contains(number)) {
        find(Kind.INVENTED, "nobody sent post %d, which stands at %d", number, seq);
      }
    });
  }

  /** Each is acknowledged in the end, as what it is and where it is. */
  private void posts() {
    Set<Long> open = new HashSet<>();
    all(Sent.class).forEach(one -> open.add(one.number()));
    all(Acknowledged.class)
        .forEach(one -> {
          open.remove(one.number());
          acknowledged(one);
        });
    all(Refused.class)
        .forEach(one -> {
          open.remove(one.number());
          find(Kind.REFUSED, "post %d: %s", one.number(), one.why());
        });
    open.stream()
        .sorted()
        .forEach(number -> find(Kind.UNANSWERED, "post %d was never acknowledged", number));
  }

  private void acknowledged(Acknowledged told) {
    Long place = places.get(told.number());
    if (place == null) {
      find(Kind.LOST, "post %d was acknowledged at %d", told.number(), told.seq());
    } else if (told.shown() != told.number()) {
      find(Kind.MISTOLD, "post %d was acknowledged as %d", told.number(), told.shown());
    } else if (place != told.seq()) {
      find(
          Kind.MISTOLD,
          "post %d was acknowledged at %d and stands at %d",
          told.number(),
          told.seq(),
          place);
    }
  }

  /** What began after another had ended stands behind it. */
  private void order() {
    Map<Long, Long> behind = new HashMap<>();
    long newest = 0;
    for (Happening happening : history) {
      switch (happening) {
        case Sent sent -> behind.putIfAbsent(sent.number(), newest);
        case Acknowledged told -> newest = Math.max(newest, told.seq());
        default -> {}
      }
    }
    behind.forEach((number, before) -> {
      Long place = places.get(number);
      if (place != null && place <= before) {
        find(
            Kind.OVERTOOK,
            "post %d stands at %d and was sent after %d was acknowledged",
            number,
            place,
            before);
      }
    });
  }

  private void readers() {
    Map<Integer, Stream.Builder<Received>> streams = new TreeMap<>();
    all(Subscribed.class)
        .forEach(one -> {
          streams.computeIfAbsent(one.client(), _ -> Stream.builder());
          if (!one.recovered()) {
            find(Kind.NOT_RECOVERED, "reader %d after %d", one.client(), one.after());
          }
        });
    all(Received.class)
        .forEach(one -> streams.computeIfAbsent(one.client(), _ -> Stream.builder()).accept(one));
    long epochs = all(Subscribed.class).map(Subscribed::epoch).distinct().count();
    if (epochs > 1) {
      find(Kind.NOT_RECOVERED, "there were %d epochs", epochs);
    }
    streams.forEach(
        (client, stream) -> new ReadersView(client, log, found).check(stream.build().toList()));
  }

  /** What calls show at the end is what the log says. */
  private void state() {
    List<Place> posts =
        log.entrySet().stream()
            .filter(entry -> entry.getValue() != Happening.NO_POST)
            .map(entry -> new Place(entry.getKey(), entry.getValue()))
            .toList();
    long head = log.isEmpty() ? 0 : log.lastKey();
    all(Fetched.class)
        .forEach(state -> {
          if (state.lastSeq() != head) {
            find(Kind.STATE, "lastSeq is %d, the log ends at %d", state.lastSeq(), head);
          }
          if (state.messages() != posts.size()) {
            find(
                Kind.STATE,
                "%d messages are counted, %d are there",
                state.messages(),
                posts.size());
          }
          if (!state.listed().equals(posts)) {
            find(Kind.STATE, "%d messages are listed, not those of the log", state.listed().size());
          }
        });
  }

  private <T extends Happening> Stream<T> all(Class<T> type) {
    return history.stream().filter(type::isInstance).map(type::cast);
  }

  private void find(Kind kind, String what, Object... values) {
    found.add(new Violation(kind, what.formatted(values)));
  }
}
