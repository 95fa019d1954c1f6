package dev.parley.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.faults.Happening.Acknowledged;
import dev.parley.bench.faults.Happening.Fetched;
import dev.parley.bench.faults.Happening.Lost;
import dev.parley.bench.faults.Happening.Place;
import dev.parley.bench.faults.Happening.Received;
import dev.parley.bench.faults.Happening.Refused;
import dev.parley.bench.faults.Happening.Sent;
import dev.parley.bench.faults.Happening.Subscribed;
import dev.parley.bench.faults.Happening.Unknown;
import dev.parley.bench.faults.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each broken promise, planted in a history in which all was well, is found and named. */
class CheckerTest {
  private static final int POSTER = 1;
  private static final int READER = 2;
  private static final int LAST = 3;

  /**
   * Somebody joined, then posts 11, 12 and 13; the answer to 12 was lost, so it was sent again; a
   * reader lost its line after place 2 and came back.
   */
  private final List<Happening> history =
      new ArrayList<>(
          List.of(
              new Subscribed(POSTER, 0, 1, "e", true),
              new Subscribed(READER, 0, 1, "e", true),
              new Received(POSTER, 1, Happening.NO_POST),
              new Received(READER, 1, Happening.NO_POST),
              new Sent(POSTER, 11),
              new Acknowledged(POSTER, 11, 2, 11),
              new Received(POSTER, 2, 11),
              new Received(READER, 2, 11),
              new Lost(READER, "torn"),
              new Sent(POSTER, 12),
              new Unknown(POSTER, 12, "no answer"),
              new Received(POSTER, 3, 12),
              new Subscribed(READER, 2, 3, "e", true),
              new Received(READER, 3, 12),
              new Sent(POSTER, 12),
              new Acknowledged(POSTER, 12, 3, 12),
              new Sent(POSTER, 13),
              new Acknowledged(POSTER, 13, 4, 13),
              new Received(POSTER, 4, 13),
              new Received(READER, 4, 13),
              new Subscribed(LAST, 0, 4, "e", true),
              new Received(LAST, 1, Happening.NO_POST),
              new Received(LAST, 2, 11),
              new Received(LAST, 3, 12),
              new Received(LAST, 4, 13),
              new Fetched(
                  LAST, 4, 3, List.of(new Place(2, 11), new Place(3, 12), new Place(4, 13)))));

  @Test
  void a_history_in_which_all_was_well_passes() {
    assertThat(found()).isEmpty();
  }

  @Test
  void an_acknowledged_post_that_is_not_in_the_log_is_lost() {
    history.removeIf(received(4));
    assertThat(found()).contains(Kind.LOST);
  }

  @Test
  void a_post_that_stands_twice_is_found() {
    history.add(new Received(LAST, 5, 11));
    assertThat(found()).contains(Kind.TWICE);
  }

  @Test
  void a_post_that_nobody_sent_is_found() {
    history.add(new Received(LAST, 5, 99));
    assertThat(found()).contains(Kind.INVENTED);
  }

  @Test
  void an_acknowledgement_that_names_another_place_is_found() {
    replace(new Acknowledged(POSTER, 13, 4, 13), new Acknowledged(POSTER, 13, 3, 13));
    assertThat(found()).containsOnly(Kind.MISTOLD);
  }

  @Test
  void an_acknowledgement_that_shows_another_message_is_found() {
    replace(new Acknowledged(POSTER, 13, 4, 13), new Acknowledged(POSTER, 13, 4, 12));
    assertThat(found()).containsOnly(Kind.MISTOLD);
  }

  @Test
  void a_post_that_was_sent_later_and_stands_before_is_found() {
    history.add(0, new Sent(POSTER, 14));
    history.add(0, new Acknowledged(POSTER, 14, 4, 14));
    assertThat(found()).contains(Kind.OVERTOOK);
  }

  @Test
  void a_post_that_was_never_answered_is_found() {
    history.remove(new Acknowledged(POSTER, 12, 3, 12));
    assertThat(found()).containsOnly(Kind.UNANSWERED);
  }

  @Test
  void a_post_that_was_refused_for_good_is_found() {
    history.add(new Refused(POSTER, 13, "-32004 conflict"));
    assertThat(found()).containsOnly(Kind.REFUSED);
  }

  @Test
  void a_place_that_a_reader_skipped_is_a_hole() {
    history.remove(new Received(READER, 3, 12));
    assertThat(found()).containsOnly(Kind.HOLE);
  }

  @Test
  void a_place_that_a_reader_received_again_is_found() {
    history.add(new Received(READER, 3, 12));
    assertThat(found()).containsOnly(Kind.REPEATED);
  }

  @Test
  void a_place_that_a_reader_received_after_a_later_one_is_found() {
    history.remove(new Received(READER, 3, 12));
    history.add(new Received(READER, 3, 12));
    assertThat(found()).containsOnly(Kind.LATE);
  }

  @Test
  void two_readers_with_different_orders_are_found() {
    replace(new Received(READER, 3, 12), new Received(READER, 3, 13));
    replace(new Received(READER, 4, 13), new Received(READER, 4, 12));
    assertThat(found()).containsOnly(Kind.DIVERGED);
  }

  @Test
  void what_a_reader_saw_and_a_crash_took_away_is_found() {
    history.add(new Received(READER, 5, 14));
    assertThat(found()).contains(Kind.DIVERGED);
  }

  @Test
  void a_reader_who_never_gets_to_the_end_is_found() {
    history.remove(new Received(READER, 4, 13));
    assertThat(found()).containsOnly(Kind.BEHIND);
  }

  @Test
  void a_hole_in_the_log_itself_is_found() {
    history.removeIf(received(3));
    assertThat(found()).contains(Kind.HOLE, Kind.LOST);
  }

  @Test
  void a_reader_who_is_not_taken_back_is_found() {
    replace(new Subscribed(READER, 2, 3, "e", true), new Subscribed(READER, 2, 3, "e", false));
    assertThat(found()).containsOnly(Kind.NOT_RECOVERED);
  }

  @Test
  void another_epoch_is_found() {
    replace(new Subscribed(READER, 2, 3, "e", true), new Subscribed(READER, 2, 3, "f", true));
    assertThat(found()).containsOnly(Kind.NOT_RECOVERED);
  }

  @Test
  void calls_that_show_another_state_than_the_log_are_found() {
    List<Place> places = List.of(new Place(2, 11), new Place(3, 12), new Place(4, 13));
    Fetched right = new Fetched(LAST, 4, 3, places);
    for (Fetched wrong :
        List.of(
            new Fetched(LAST, 5, 3, places),
            new Fetched(LAST, 4, 4, places),
            new Fetched(LAST, 4, 3, places.subList(1, 3)))) {
      replace(right, wrong);
      assertThat(found()).containsOnly(Kind.STATE);
      replace(wrong, right);
    }
  }

  private Set<Kind> found() {
    return Checker.check(history, LAST).stream().map(Violation::kind).collect(Collectors.toSet());
  }

  private void replace(Happening old, Happening fresh) {
    assertThat(history).contains(old);
    history.set(history.indexOf(old), fresh);
  }

  private static Predicate<Happening> received(long seq) {
    return one -> one instanceof Received received && received.seq() == seq;
  }
}
