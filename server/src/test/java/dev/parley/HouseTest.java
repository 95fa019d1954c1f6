package dev.parley;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.parley");

  /** A room, and the rooms that it may look into besides its own. */
  @ParameterizedTest
  @CsvSource({
    "entities,",
    "functions, entities",
    "wire, functions",
    "store, wire functions entities",
    "delivery, store wire functions",
    "calls, delivery store wire functions entities",
    "accounts, calls delivery store wire functions",
    "history, calls store wire functions entities",
    "conversations.emotion,",
    "conversations, conversations.emotion history accounts calls delivery store wire functions entities",
    "personas.memory, conversations conversations.emotion accounts calls delivery store wire functions",
    "personas.mood, conversations.emotion accounts calls store wire functions",
    "personas.errand, wire functions",
    "personas, personas.errand personas.memory personas.mood conversations conversations.emotion history calls delivery store wire functions entities",
    "http, calls store wire functions",
    "socket, http calls delivery wire functions",
    "socket.persona, socket calls delivery wire functions",
    "mcp, socket http calls delivery wire functions",
    "operations, calls delivery store wire functions"
  })
  void arrows_go_one_way(String room, String below) {
    String[] allowed =
        Stream.concat(
                Stream.of(room),
                Stream.of(below == null ? "" : below).flatMap(text -> Stream.of(text.split(" "))))
            .filter(name -> !name.isEmpty())
            .map(name -> "dev.parley." + name)
            .toArray(String[]::new);
    String[] ours = {"dev.parley", "dev.parley.."};
    ClassesShouldConjunction rule =
        classes()
            .that()
            .resideInAPackage("dev.parley." + room)
            .should()
            .onlyDependOnClassesThat(
                DescribedPredicate.or(
                    resideInAnyPackage(allowed), DescribedPredicate.not(resideInAnyPackage(ours))));
    rule.check(HOUSE);
  }

  @Test
  void no_two_rooms_lead_to_each_other() {
    slices().matching("dev.parley.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void features_know_no_sockets() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.parley.accounts", "dev.parley.conversations", "dev.parley.personas..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..")
        .check(HOUSE);
  }

  @Test
  void the_library_of_entities_and_functions_needs_json_and_nothing_else() {
    classes()
        .that()
        .resideInAnyPackage("dev.parley.entities", "dev.parley.functions")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.parley.entities",
            "dev.parley.functions",
            "java..",
            "org.jspecify..",
            "tools.jackson..",
            "com.fasterxml.jackson.annotation..")
        .check(HOUSE);
  }
}
