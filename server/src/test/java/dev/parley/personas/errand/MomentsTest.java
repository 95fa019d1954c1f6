package dev.parley.personas.errand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
  /** A Saturday. */
  private static final Instant NOW = Instant.parse("2026-11-21T18:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-12-24T20:15:00Z | 2026-12-24T20:15:00Z",
        "2026-12-24T20:15+02:00 | 2026-12-24T18:15:00Z",
        "2026-12-24T20:15 | 2026-12-24T20:15:00Z",
        "2026-12-24 at 20:15 | 2026-12-24T20:15:00Z",
        "today at noon | 2026-11-21T12:00:00Z",
        "Tomorrow, 7 pm | 2026-11-22T19:00:00Z",
        "7:30pm tomorrow | 2026-11-22T19:30:00Z",
        "tomorrow for four at 19:30 | 2026-11-22T19:30:00Z",
        "the day after tomorrow at midnight | 2026-11-23T00:00:00Z",
        "sunday 9 a.m. | 2026-11-22T09:00:00Z",
        "on Saturday at 12 am | 2026-11-28T00:00:00Z",
        "12 pm on monday | 2026-11-23T12:00:00Z",
        "3 December at 8:05 am | 2026-12-03T08:05:00Z",
        "November 21st, 23:59 | 2026-11-21T23:59:00Z",
        "20th of nov 8:00 | 2027-11-20T08:00:00Z",
        "Feb 29, 2028 0:00 | 2028-02-29T00:00:00Z"
      })
  void days_and_times_are_understood_in_utc(String said, Instant meant) {
    assertThat(Moments.in(said, NOW).moment()).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomorrow",
        "at 7 pm",
        "soon",
        "10/10 500",
        "31 June at noon",
        "2026-02-30 at 10:00",
        "tomorrow at 25:00",
        "tomorrow at 13 pm",
        "today or tomorrow at noon",
        "tomorrow at 6 pm or 7 pm",
        "may I come at noon",
        "spring at noon",
        "1.2026-12-24 12:00:99"
      })
  void what_has_no_meaning_or_two_is_not_guessed(String said) {
    assertThat(Moments.in(said, NOW).moment()).isEmpty();
  }
}
