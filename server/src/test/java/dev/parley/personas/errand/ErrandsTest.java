package dev.parley.personas.errand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ErrandsTest {
  private static final String NAME_ASKED =
      "Book a table: name? (on whose name; 1 to 20 characters)";
  private static final String SHALL_I = "Book a table: shall I do it? (yes, no, or what to change)";

  private final Tables talk = new Tables();

  private JsonNode booked() {
    assertThat(talk.booked()).hasSize(1);
    return talk.booked().getFirst();
  }

  @Test
  void what_the_first_sentence_says_is_taken_and_the_rest_is_asked_for() {
    assertThat(talk.say("A table for four tomorrow at 19:30, please")).isEqualTo(NAME_ASKED);
    assertThat(talk.say("Ada"))
        .isEqualTo(
            """
            — at: Sunday, 22 November 2026 at 19:30:00 UTC
            — guests: 4
            — name: Ada
            You may also say: area, birthday, budget, allergies, high chair.
            """
                + SHALL_I);
    assertThat(talk.booked()).isEmpty();
    assertThat(talk.say("yes")).isEqualTo("Done: Book a table.\n— booking “Ada”, id b1\n— left: 7");
    assertThat(booked().toString())
        .isEqualTo("{\"at\":\"2026-11-22T19:30:00.000Z\",\"guests\":4,\"name\":\"Ada\"}");
    assertThat(talk.say("yes")).isEqualTo("(nothing)");
  }

  @Test
  void what_is_not_clear_is_asked_for() {
    assertThat(talk.say("Book a table for 2 or 3 today or tomorrow at noon"))
        .startsWith("Book a table: at? (when you come; a day and a time in UTC");
    assertThat(talk.say("tomorrow at noon"))
        .isEqualTo("Book a table: guests? (a whole number from 1 to 12)");
  }

  /** Given in whatever order and form, it comes to the same. */
  @RepeatedTest(20)
  void the_order_in_which_things_are_said_does_not_matter() {
    long seed = System.nanoTime();
    System.out.println("seed of the order: " + seed);
    Random random = new Random(seed);
    List<String> things =
        new ArrayList<>(
            List.of(
                "at: 2026-12-24 at 8 pm",
                "guests = twelve",
                "change the name to Ada",
                "area: on the terrace",
                "birthday: 1815-12-10",
                "budget: 99.5",
                "allergies: nuts and milk, eggs",
                "high chair: no"));
    Collections.shuffle(things, random);
    talk.say("book a table");
    String last = "";
    for (String thing : things) {
      last = talk.say(thing);
      if (random.nextInt(3) == 0) {
        assertThat(talk.say("what time is it?")).isEqualTo("It is six.\n\n" + last);
      }
    }
    assertThat(last).endsWith(SHALL_I).doesNotContain("You may also say");
    talk.say("ok");
    assertThat(booked().toString())
        .isEqualTo(
            "{\"at\":\"2026-12-24T20:00:00.000Z\",\"guests\":12,\"name\":\"Ada\","
                + "\"area\":\"on_the_terrace\",\"birthday\":\"1815-12-10\",\"budget\":99.5,"
                + "\"allergies\":[\"nuts\",\"milk\",\"eggs\"],\"highChair\":false}");
  }

  @RepeatedTest(10)
  void the_same_messages_lead_to_the_same_place_whoever_reads_them_and_how_often() {
    long seed = System.nanoTime();
    System.out.println("seed of the talk: " + seed);
    Random random = new Random(seed);
    List<String> phrases =
        List.of(
            "book a table",
            "tomorrow at 7 pm",
            "4",
            "13",
            "Ada",
            "what time is it?",
            "never mind",
            "yes",
            "change the guests to 3",
            "area: inside",
            "take a walk",
            "no",
            "help");
    Tables elsewhere = new Tables();
    for (int i = 0; i < 25; i++) {
      String next = phrases.get(random.nextInt(phrases.size()));
      assertThat(elsewhere.say(next)).isEqualTo(talk.say(next));
      elsewhere.goOnIn(new Tables());
    }
    assertThat(elsewhere.said()).isEqualTo(talk.said());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at: some day | at must be a time as in RFC 3339 | at?",
        "at: 2026-02-30 at 7 pm | at must be a time as in RFC 3339 | at?",
        "guests: many | guests must be a whole number | at?",
        "guests: 13 | guests must be at most 12 | at?",
        "guests: 0 | guests must be at least 1 | at?",
        "guests: 99999999999999999999 | guests must be at most 12 | at?",
        "name: a name that is far too long | name must have at most 20 characters | at?",
        "area: on the roof | area must be one of inside, on_the_terrace | at?",
        "birthday: 10 | birthday must match \\d{4}-\\d{2}-\\d{2} | at?",
        "budget: much | budget must be a number | at?",
        "allergies: a, b, c, d | allergies must have at most 3 entries | at?",
        "high chair: perhaps | highChair must be true or false | at?",
        "sometime | at must be a time as in RFC 3339 | at?"
      })
  void what_does_not_fit_is_told_by_its_name_and_limit_and_asked_again(
      String said, String why, String asked) {
    talk.say("book a table");
    assertThat(talk.say(said)).startsWith("That does not do: " + why + ".\nBook a table: " + asked);
    talk.say("tomorrow at noon");
    talk.say("2");
    assertThat(talk.say("Ada")).contains("— guests: 2\n— name: Ada\nYou may also say: area,");
  }

  @Test
  void one_thing_is_corrected_and_all_is_repeated() {
    talk.say("book a table for 2 tomorrow at noon, name: Ada");
    assertThat(talk.say("change the at to friday at 7:15 pm"))
        .contains("— at: Friday, 27 November 2026 at 19:15:00 UTC\n— guests: 2\n— name: Ada")
        .endsWith(SHALL_I);
    assertThat(talk.say("the guests should be five")).contains("— guests: 5\n");
    assertThat(talk.say("on the terrace, please")).contains("— area: on_the_terrace\n");
    assertThat(talk.say("area: none")).doesNotContain("— area");
    talk.say("yes");
    assertThat(booked().path("guests").intValue()).isEqualTo(5);
    assertThat(booked().has("area")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "No thanks.", "never mind", "cancel", "Stop it!", "forget it"})
  void a_no_ends_it_wherever_it_is_and_nothing_is_done(String no) {
    talk.say("book a table");
    assertThat(talk.say(no)).isEqualTo("All right: nothing is done.");
    assertThat(talk.say("yes")).isEqualTo("(nothing)");
    talk.say("book a table for 2 tomorrow at noon, name: Ada");
    assertThat(talk.say(no)).isEqualTo("All right: nothing is done.");
    assertThat(talk.say("yes")).isEqualTo("(nothing)");
    assertThat(talk.booked()).isEmpty();
  }

  @Test
  void a_no_answers_a_field_that_asks_for_yes_or_no() {
    assertThat(talk.say("take a walk")).isEqualTo("Take a walk: dog? (yes or no)");
    assertThat(talk.say("no")).startsWith("— dog: false");
  }

  @Test
  void several_errands_that_fit_alike_are_told_apart_by_asking() {
    assertThat(talk.say("I want something of the restaurant tomorrow at 7 pm"))
        .isEqualTo("Which shall I do: Book a table / Keep a wish?");
    assertThat(talk.say("hm")).endsWith("Which shall I do: Book a table / Keep a wish?");
    assertThat(talk.say("the table, for 3")).isEqualTo(NAME_ASKED);
    assertThat(talk.say("Ada")).contains("22 November 2026 at 19:00").contains("— guests: 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "how do I book a table?",
        "hello",
        "what time is it?",
        "the table is nice",
        "make me laugh",
        "I want to talk",
        "there are 4 cats"
      })
  void what_asks_for_no_errand_begins_none(String said) {
    assertThat(talk.say(said)).isEqualTo("(nothing)");
  }

  @Test
  void other_questions_are_answered_and_the_open_one_is_asked_again() {
    talk.say("book a table for 2 tomorrow at noon");
    assertThat(talk.say("what time is it?")).isEqualTo("It is six.\n\n" + NAME_ASKED);
    assertThat(talk.say("who are you?"))
        .isEqualTo("I do not understand that here.\n\n" + NAME_ASKED);
    assertThat(talk.say("“Who are you?”")).contains("— name: Who are you?\n");
  }

  @Test
  void after_fifteen_minutes_of_silence_it_is_over() {
    talk.say("book a table for 2 tomorrow at noon, name: Ada");
    talk.later(Duration.ofMinutes(14));
    assertThat(talk.say("guests: 3")).endsWith(SHALL_I);
    talk.later(Duration.ofMinutes(15));
    assertThat(talk.say("yes")).startsWith("Book a table: that talk is over");
    assertThat(talk.say("yes")).isEqualTo("(nothing)");
    assertThat(talk.booked()).isEmpty();
  }

  @Test
  void after_thirty_answers_it_is_over() {
    talk.say("book a table");
    for (int i = 0; i < Dialogue.MOST_TURNS - 1; i++) {
      assertThat(talk.say("13 cats")).contains("Book a table: at?");
    }
    assertThat(talk.say("tomorrow at noon")).startsWith("Book a table: that talk is over");
  }

  @Test
  void what_was_deleted_is_asked_for_again_and_what_was_edited_counts_as_it_reads() {
    talk.say("book a table for 2");
    talk.say("tomorrow at noon");
    talk.say("Ada");
    talk.edit(1, "");
    assertThat(talk.say("yes"))
        .startsWith("What you said before has changed since.\nBook a table: at?");
    assertThat(talk.say("friday at noon")).contains("27 November").contains("— name: Ada");
    talk.edit(0, "book a table for 3");
    assertThat(talk.say("yes")).contains("changed since").contains("— guests: 3");
    assertThat(talk.booked()).isEmpty();
    talk.say("yes");
    assertThat(booked().path("guests").intValue()).isEqualTo(3);
  }

  @Test
  void what_was_deleted_is_not_taken_for_an_empty_answer() {
    talk.say("keep a wish");
    assertThat(talk.say("more tea")).startsWith("— wish: more tea\n");
    talk.edit(1, "");
    assertThat(talk.say("yes"))
        .isEqualTo(
            "What you said before has changed since.\nKeep a wish: wish? (at most 50 characters)");
  }

  @Test
  void it_does_not_act_if_what_it_asked_was_deleted() {
    talk.say("book a table for 2 tomorrow at noon, name: Ada");
    Exchange last = talk.said().getLast();
    talk.said().set(0, new Exchange(last.id(), last.said(), last.at(), ""));
    assertThat(talk.say("yes")).isEqualTo("(nothing)");
  }

  @Test
  void a_refusal_is_told_and_what_it_is_about_is_asked_again() {
    talk.house(book -> {
      if (book.name().equals("Bob")) {
        throw Refusal.conflict("The name Bob is taken");
      }
      if (book.guests() > 4) {
        throw new Refusal(ErrorCode.INVALID_PARAMS, "only 4 of you", Map.of("field", "guests"));
      }
      if (book.budget().isPresent()) {
        throw Refusal.rateLimited("Too often", Duration.ofSeconds(5));
      }
    });
    talk.say("book a table for 5 tomorrow at noon, name: Bob, budget: 7");
    assertThat(talk.say("yes"))
        .isEqualTo("Book a table was refused: The name Bob is taken.\n" + NAME_ASKED);
    talk.say("Ada");
    assertThat(talk.say("yes"))
        .startsWith("Book a table was refused: only 4 of you.\nBook a table: ")
        .endsWith("guests? (a whole number from 1 to 12)");
    talk.say("4");
    assertThat(talk.say("yes"))
        .startsWith("Book a table was refused: Too often.\n— at: ")
        .endsWith(SHALL_I);
    talk.say("budget: none");
    talk.say("yes");
    assertThat(booked().toString()).contains("\"guests\":4,\"name\":\"Ada\"}");
  }

  @Test
  void what_is_forbidden_or_has_failed_is_left_at_that() {
    talk.house(book -> {
      throw new Refusal(
          book.guests() == 1 ? ErrorCode.FORBIDDEN : ErrorCode.INTERNAL_ERROR, "Not now", Map.of());
    });
    for (String guests : List.of("one", "two")) {
      talk.say("book a table for " + guests + " tomorrow at noon, name: Ada");
      assertThat(talk.say("yes"))
          .isEqualTo("Book a table was refused: Not now. I leave it at that.");
      assertThat(talk.say("yes")).isEqualTo("(nothing)");
    }
  }

  @Test
  void what_was_agreed_to_once_is_done_once_though_nobody_heard_the_answer() {
    talk.say("book a table for 2 tomorrow at noon, name: Ada");
    String unheard = talk.sayUnanswered("yes");
    assertThat(talk.say("yes")).isEqualTo(unheard).contains("id b1");
    assertThat(talk.booked()).hasSize(1);
    talk.say("book a table for 2 tomorrow at noon, name: Ada");
    assertThat(talk.say("yes")).contains("id b2");
  }

  @Test
  void what_people_write_looks_like_no_question_of_the_persona_and_calls_nobody() {
    talk.say("book a table for 2 tomorrow at noon");
    assertThat(talk.say("@bob\n" + SHALL_I.substring(0, 13)))
        .contains("— name: @\u200Bbob Book a table:\n")
        .endsWith(SHALL_I);
    assertThat(talk.say(SHALL_I)).doesNotContain("Done");
    assertThat(talk.booked()).isEmpty();
  }

  @Test
  void help_lists_what_it_can_do() {
    assertThat(talk.errands().help().orElseThrow())
        .isEqualTo(
            "For you I can: Book a table; Take a walk; Keep a wish. Say which, and I ask what I"
                + " need.");
  }
}
