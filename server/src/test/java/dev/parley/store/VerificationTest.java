package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.entities.Catalog;
import dev.parley.entities.Entity;
import dev.parley.entities.Identity;
import dev.parley.entities.Repository;
import dev.parley.testing.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerificationTest {
  record Hall(Identity id, List<Desk> desks, Map<String, Desk> named, Optional<Desk> best)
      implements Entity {}

  record Desk(Identity id, String text) implements Entity {}

  private static final Catalog CATALOG = Catalog.of(List.of(Hall.class));

  private final List<String> told = new ArrayList<>();

  private static Desk desk(String text) {
    return new Desk(Identity.fresh(), text);
  }

  /** Long enough for several pages. */
  private static Hall hall() {
    return new Hall(
        Identity.fresh(),
        IntStream.range(0, 1_000).mapToObj(i -> desk("d" + i)).toList(),
        Map.of("a:1:b", desk("named")),
        Optional.of(desk("best")));
  }

  private Verification.Result verify(Store store) {
    told.clear();
    return new Verification(store, CATALOG, told::add).run();
  }

  private void damage(Store store, String sql, Object... parameters) {
    store.commit(OpenStore.change().require("there", sql, parameters));
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void what_is_as_it_was_written_is_counted(Database database) {
    try (OpenStore open = OpenStore.on(database, 0)) {
      Repository repository = repository(open.store());
      Hall first = repository.commit(hall());
      repository.commit(new Hall(first.id(), first.desks(), first.named(), Optional.empty()));
      Verification.Result result = verify(open.store());
      assertThat(told).isEmpty();
      assertThat(result.trees()).isEqualTo(1);
      assertThat(result.versions()).isEqualTo(2);
      assertThat(result.nodes()).isEqualTo(1_004);
      assertThat(result.pages()).isGreaterThan(1);
    }
  }

  private static Repository repository(Store store) {
    return new Repository(new EntityLedger(store, CATALOG), InstantSource.system());
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void each_damage_is_one_line_with_its_name(Database database) {
    try (OpenStore open = OpenStore.on(database, 0)) {
      Store store = open.store();
      Hall hall = repository(store).commit(hall());
      String edited = hall.desks().get(500).id().toString();
      damage(
          store,
          "UPDATE entity_nodes SET body = ? WHERE lineage = ?",
          "{\"text\":\"forged\"}",
          hall.desks().get(500).lineage().value());
      assertThat(verify(store).damages()).isEqualTo(1);
      assertThat(told.getFirst()).startsWith(edited + " ").contains("not what was written");

      String gone = hall.desks().get(7).id().toString();
      damage(
          store,
          "DELETE FROM entity_nodes WHERE lineage = ?",
          hall.desks().get(7).lineage().value());
      verify(store);
      assertThat(told)
          .hasSize(2)
          .anySatisfy(line -> assertThat(line).startsWith(hall.id() + " refers to " + gone));
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_node_that_was_exchanged_together_with_its_hash_is_found_by_its_owner(Database database) {
    try (OpenStore open = OpenStore.on(database, 0)) {
      Store store = open.store();
      Repository repository = repository(store);
      Hall hall = repository.commit(hall());
      Desk best = hall.best().orElseThrow();
      Desk other = repository(store).commit(desk("of its own"));
      damage(
          store,
          """
          UPDATE entity_nodes SET hash = (SELECT hash FROM entity_nodes WHERE lineage = ?)
          WHERE lineage = ?\
          """,
          other.lineage().value(),
          best.lineage().value());
      verify(store);
      assertThat(told)
          .anySatisfy(line -> assertThat(line).startsWith(hall.id() + " refers to " + best.id()));
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_missing_page_and_a_missing_version_are_named(Database database) {
    try (OpenStore open = OpenStore.on(database, 0)) {
      Store store = open.store();
      Hall hall = repository(store).commit(hall());
      damage(store, "DELETE FROM entity_pages WHERE hash = (SELECT MIN(hash) FROM entity_pages)");
      verify(store);
      assertThat(told).hasSize(1);
      assertThat(told.getFirst()).startsWith(hall.id() + " has a page that is missing");
      damage(
          store,
          "UPDATE entity_pages SET body = '[]' WHERE hash = (SELECT MIN(hash) FROM entity_pages)");
      damage(store, "DELETE FROM entity_versions WHERE root = ?", hall.lineage().value());
      verify(store);
      assertThat(told).hasSize(3);
      assertThat(told.getFirst()).startsWith(hall.id() + " is the newest version");
    }
  }
}
