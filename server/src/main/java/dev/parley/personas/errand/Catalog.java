package dev.parley.personas.errand;

import dev.parley.functions.Registered;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a persona can do for people. */
record Catalog(List<Errand> errands) {

  /** Each is called by its title, or by its name if others have that title, too. */
  static Catalog of(Collection<? extends Registered<?>> functions) {
    return new Catalog(
        functions.stream()
            .map(function -> new Errand(function, label(function, functions)))
            .toList());
  }

  private static String label(
      Registered<?> function, Collection<? extends Registered<?>> functions) {
    String title = function.function().title();
    long others =
        functions.stream().filter(other -> other.function().title().equals(title)).count();
    return others > 1 ? function.name() : title;
  }

  /** What an answer of the persona wants to know; empty if it leaves nothing open. */
  Optional<Prompt> promptOf(String answer) {
    String line = answer.substring(answer.lastIndexOf('\n') + 1);
    return Prompt.Which.isIn(line)
        ? which(line)
        : errands.stream()
            .filter(errand -> line.startsWith(errand.label()))
            .flatMap(Catalog::prompts)
            .filter(prompt -> prompt.line().equals(line))
            .findFirst();
  }

  private Optional<Prompt> which(String line) {
    List<Errand> named =
        errands.stream().filter(errand -> Prompt.Which.names(line, errand)).toList();
    return named.isEmpty() ? Optional.empty() : Optional.of(new Prompt.Which(named));
  }

  private static Stream<Prompt> prompts(Errand errand) {
    return Stream.concat(
        Stream.of(new Prompt.Confirm(errand)),
        errand.fields().map(field -> new Prompt.Ask(errand, field)));
  }
}
