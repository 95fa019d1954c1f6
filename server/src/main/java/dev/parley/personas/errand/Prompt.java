package dev.parley.personas.errand;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a persona wants to know: the last line of an answer that leaves a talk open. Reading it back
 * tells what the next message is an answer to, whatever was edited or deleted since.
 */
sealed interface Prompt {
  /** One line, unlike those of all other prompts. */
  String line();

  /** What it is about, once that is known. */
  default Optional<Errand> errand() {
    return Optional.empty();
  }

  /** Which of some errands. */
  record Which(List<Errand> errands) implements Prompt {
    private static final String BEGINNING = "Which shall I do: ";
    private static final String OR = " / ";

    @Override
    public String line() {
      return errands.stream().map(Errand::label).collect(Collectors.joining(OR, BEGINNING, "?"));
    }

    static boolean isIn(String line) {
      return line.startsWith(BEGINNING);
    }

    /** Whether an errand is among those that a line names. */
    static boolean names(String line, Errand errand) {
      String named = OR + line.substring(BEGINNING.length(), line.length() - 1) + OR;
      return named.contains(OR + errand.label() + OR);
    }
  }

  /** The value of a field. */
  record Ask(Errand of, Field field) implements Prompt {
    @Override
    public String line() {
      return "%s: %s? (%s)".formatted(of.label(), field.words(), field.hint());
    }

    @Override
    public Optional<Errand> errand() {
      return Optional.of(of);
    }
  }

  /** Whether to do what was repeated. */
  record Confirm(Errand of) implements Prompt {
    @Override
    public String line() {
      return of.label() + ": shall I do it? (yes, no, or what to change)";
    }

    @Override
    public Optional<Errand> errand() {
      return Optional.of(of);
    }
  }
}
