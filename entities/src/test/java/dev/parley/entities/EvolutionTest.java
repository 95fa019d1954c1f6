package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Data that was written with older types is read with newer ones, or it is said why not. */
class EvolutionTest {
  private final Map<String, Stored.Node> nodes = new HashMap<>();
  private final Repository repository = Repository.inMemory(InstantSource.system());

  /** The types as they were. */
  static final class Old {
    record Person(Identity id, String name, int age, String shoes, List<Pet> pets)
        implements Entity {}

    record Plant(Identity id, String name) implements Entity {}

    sealed interface Pet extends Entity permits Cat, Dog {}

    record Cat(Identity id, String name) implements Pet {}

    record Dog(Identity id, String name) implements Pet {}
  }

  /** Renamed, added and removed components, a renamed type. */
  static final class New {
    record Person(
        Identity id,
        @Was("name") String fullName,
        int age,
        Optional<String> mail,
        Set<String> tags,
        Map<String, Flower> garden,
        @Default("\"unknown\"") String town,
        List<Pet> pets)
        implements Entity {}

    @Was("Plant")
    record Flower(Identity id, String name) implements Entity {}

    sealed interface Pet extends Entity permits Cat, Hound {}

    record Cat(Identity id, String name) implements Pet {}

    @Was("Dog")
    record Hound(Identity id, String name) implements Pet {}
  }

  /** A component that was added without saying what it is in old data. */
  static final class Careless {
    record Person(Identity id, String name, int age, String shoes, int size) implements Entity {}
  }

  /** A subtype that is gone. */
  static final class Poorer {
    record Person(Identity id, String name, int age, String shoes, List<Pet> pets)
        implements Entity {}

    sealed interface Pet extends Entity permits Cat {}

    record Cat(Identity id, String name) implements Pet {}
  }

  /** A component of another type. */
  static final class Other {
    record Person(Identity id, boolean name) implements Entity {}
  }

  @Test
  void renamed_added_and_removed_components_are_read() {
    Old.Person old = write(List.of(new Old.Dog(Identity.fresh(), "Rex")));
    New.Person read = read(old, New.Person.class);
    assertThat(read.fullName()).isEqualTo("Ada");
    assertThat(read.mail()).isEmpty();
    assertThat(read.tags()).isEmpty();
    assertThat(read.garden()).isEmpty();
    assertThat(read.town()).isEqualTo("unknown");
    assertThat(read.pets()).singleElement().isInstanceOf(New.Hound.class);
    assertThat(read.id().version()).isEqualTo(old.id().version());
  }

  @Test
  void a_renamed_type_is_known_by_its_former_name() {
    Old.Plant plant = keep(new Old.Plant(Identity.fresh(), "rose"));
    assertThat(read(plant, New.Flower.class).name()).isEqualTo("rose");
  }

  @Test
  void an_added_component_without_a_default_is_named() {
    Old.Person old = write(List.of());
    assertThatThrownBy(() -> read(old, Careless.Person.class))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(old.id() + ".size")
        .hasMessageContaining("@Default");
  }

  @Test
  void an_unknown_subtype_is_named_with_those_that_are_known() {
    Old.Person old = write(List.of(new Old.Dog(Identity.fresh(), "Rex")));
    assertThatThrownBy(() -> read(old, Poorer.Person.class))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("Dog")
        .hasMessageContaining("Cat");
  }

  @Test
  void a_component_of_another_type_is_named() {
    Old.Person old = write(List.of());
    assertThatThrownBy(() -> read(old, Other.Person.class))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(old.id() + ".name");
  }

  private Old.Person write(List<Old.Pet> pets) {
    return keep(new Old.Person(Identity.fresh(), "Ada", 36, "black", pets));
  }

  private <T extends Entity> T keep(T entity) {
    Commit commit = repository.propose().put(entity).commit();
    Encoder.of(commit, page -> false)
        .nodes()
        .forEach(node -> nodes.put(node.lineage().value(), node));
    @SuppressWarnings("unchecked")
    T kept = (T) commit.root(entity.lineage()).orElseThrow();
    return kept;
  }

  private <T extends Entity> T read(Entity old, Class<T> type) {
    Decoder decoder = new Decoder(Catalog.of(List.of(type)), new FromMap(), new NothingKnown());
    return type.cast(decoder.entity(Stored.Key.of(old)));
  }

  private final class FromMap implements Decoder.Source {
    @Override
    public Collection<Stored.Node> nodes(Collection<Stored.Key> keys) {
      return keys.stream()
          .map(key -> Objects.requireNonNull(nodes.get(key.lineage().value())))
          .toList();
    }

    @Override
    public Optional<Stored.Page> page(String hash) {
      return Optional.empty();
    }
  }

  private static final class NothingKnown implements Decoder.Known {
    @Override
    public @Nullable Entity find(Stored.Key key) {
      return null;
    }

    @Override
    public void add(Stored.Key key, Entity entity) {}

    @Override
    public void page(String hash) {}
  }
}
