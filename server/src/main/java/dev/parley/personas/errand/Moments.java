package dev.parley.personas.errand;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Days and times that a sentence names, in UTC. Only what has one meaning is understood: libraries
 * that guess (a time where only a day was said, a day in "10/10") fill in what nobody said.
 *
 * @param moments those that were written as in RFC 3339
 * @param rest the sentence without them
 */
record Moments(List<LocalDate> days, List<LocalTime> times, List<Instant> moments, String rest) {
  private static final String MONTHS =
      "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?"
          + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
  private static final Pattern MOMENT =
      pattern(
          "\\d{4}-\\d\\d-\\d\\dt\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?<zone>z|[+-]\\d\\d:\\d\\d)?");
  private static final Pattern DAY =
      pattern(
          "(?<iso>\\d{4}-\\d\\d-\\d\\d)|(?<after>(?:the )?day after tomorrow)|(?<next>tomorrow)"
              + "|(?<today>today)|(?:next |on )?(?<week>mon|tues|wednes|thurs|fri|satur|sun)day"
              + "|(?<d>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<m>"
              + MONTHS
              + ")(?: (?<y>\\d{4}))?|(?<m2>"
              + MONTHS
              + ") (?<d2>\\d{1,2})(?:st|nd|rd|th)?(?:,? (?<y2>\\d{4}))?");
  private static final Pattern TIME =
      pattern(
          "(?<h>\\d{1,2}):(?<min>\\d\\d)(?: ?(?<half>[ap])\\.?m\\b\\.?)?"
              + "|(?<h2>\\d{1,2}) ?(?<half2>[ap])\\.?m\\b\\.?|(?<noon>noon)|(?<night>midnight)");

  private static Pattern pattern(String regex) {
    return Pattern.compile("(?<![\\w:.-])(?:" + regex + ")(?![\\w:])", Pattern.CASE_INSENSITIVE);
  }

  /**
   * @param at when it was said
   */
  static Moments in(String said, Instant at) {
    LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
    List<Instant> moments = new ArrayList<>();
    List<LocalDate> days = new ArrayList<>();
    List<LocalTime> times = new ArrayList<>();
    String rest = take(MOMENT, said, Moments::moment, moments);
    rest = take(DAY, rest, found -> day(found, today), days);
    rest = take(TIME, rest, Moments::time, times);
    return new Moments(days, times, moments, rest);
  }

  /** Takes what is found and is something; what is not, such as the 31st of June, stays. */
  private static <T> String take(
      Pattern pattern, String from, Function<MatchResult, T> reading, List<T> into) {
    Matcher matcher = pattern.matcher(from);
    return matcher.replaceAll(found -> {
      try {
        into.add(reading.apply(found));
        return " ";
      } catch (DateTimeException none) {
        return Matcher.quoteReplacement(found.group());
      }
    });
  }

  /** The one moment that it names; empty if it names none, or several. */
  Optional<Instant> moment() {
    if (moments.size() + days.size() == 1 && moments.size() + times.size() == 1) {
      return Optional.of(
          moments.isEmpty()
              ? days.getFirst().atTime(times.getFirst()).toInstant(ZoneOffset.UTC)
              : moments.getFirst());
    }
    return Optional.empty();
  }

  private static Instant moment(MatchResult found) {
    String zone = found.group("zone") == null ? "Z" : "";
    return OffsetDateTime.parse(found.group().toUpperCase(Locale.ROOT) + zone).toInstant();
  }

  private static LocalDate day(MatchResult found, LocalDate today) {
    if (found.group("iso") != null) {
      return LocalDate.parse(found.group("iso"));
    }
    if (found.group("after") != null) {
      return today.plusDays(2);
    }
    if (found.group("next") != null) {
      return today.plusDays(1);
    }
    if (found.group("today") != null) {
      return today;
    }
    return found.group("week") == null ? ofMonth(found, today) : weekday(found, today);
  }

  /** The next one after today. */
  private static LocalDate weekday(MatchResult found, LocalDate today) {
    String name = found.group("week").toUpperCase(Locale.ROOT) + "DAY";
    return today.with(TemporalAdjusters.next(DayOfWeek.valueOf(name)));
  }

  /** Without a year: the next one, today included. */
  private static LocalDate ofMonth(MatchResult found, LocalDate today) {
    int day = Integer.parseInt(either(found, "d", "d2"));
    MonthDay which = MonthDay.of(month(either(found, "m", "m2")), day);
    String year = either(found, "y", "y2");
    if (!year.isEmpty()) {
      return LocalDate.of(Integer.parseInt(year), which.getMonth(), day);
    }
    LocalDate thisYear = LocalDate.of(today.getYear(), which.getMonth(), day);
    return thisYear.isBefore(today) ? thisYear.plusYears(1) : thisYear;
  }

  private static Month month(String name) {
    return List.of(Month.values()).stream()
        .filter(month -> month.name().startsWith(name.substring(0, 3).toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow();
  }

  private static LocalTime time(MatchResult found) {
    if (found.group("noon") != null) {
      return LocalTime.NOON;
    }
    if (found.group("night") != null) {
      return LocalTime.MIDNIGHT;
    }
    int hour = Integer.parseInt(either(found, "h", "h2"));
    @Nullable String minutes = found.group("min");
    String half = either(found, "half", "half2");
    return LocalTime.of(
        half.isEmpty() ? hour : ofHalf(hour, half),
        minutes == null ? 0 : Integer.parseInt(minutes));
  }

  private static int ofHalf(int hour, String half) {
    if (hour < 1 || hour > 12) {
      throw new DateTimeException("no hour of half a day: " + hour);
    }
    return hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
  }

  private static String either(MatchResult found, String one, String other) {
    @Nullable String first = found.group(one);
    @Nullable String second = found.group(other);
    return first != null ? first : second == null ? "" : second;
  }
}
