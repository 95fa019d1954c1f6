package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Types that cannot be kept: each is refused, naming the component and the reason. */
@SuppressWarnings({"rawtypes", "ArrayRecordComponent", "JavaUtilDate"})
class UnfitTypesTest {
  interface Open extends Entity {}

  sealed interface Mixed permits Leaf, Size {}

  sealed interface Loose extends Entity permits Strict, Subclassed {}

  record Strict(Identity id) implements Loose {}

  abstract static non-sealed class Subclassed implements Loose {}

  record Leaf(Identity id, int number) implements Entity, Mixed {}

  record Size(int width) implements Mixed {}

  record Owning(Leaf leaf) {}

  record Boxed<T>(T inside) {}

  record Bad1(Identity id, int[] x) implements Entity {}

  record Bad2(Identity id, Leaf[] x) implements Entity {}

  record Bad3(Identity id, Date x) implements Entity {}

  record Bad4(Identity id, ArrayList<String> x) implements Entity {}

  record Bad5(Identity id, StringBuilder x) implements Entity {}

  record Bad6(Identity id, List x) implements Entity {}

  record Bad7(Identity id, Map x) implements Entity {}

  record Bad8(Identity id, Optional x) implements Entity {}

  record Bad9<T>(Identity id, T x) implements Entity {}

  record Bad10<T extends Entity>(Identity id, List<T> x) implements Entity {}

  record Bad11(Identity id, List<? extends Leaf> x) implements Entity {}

  record Bad12(Identity id, Map<Size, String> x) implements Entity {}

  record Bad13(Identity id, Map<Leaf, String> x) implements Entity {}

  record Bad14(Identity id, Set<Size> x) implements Entity {}

  record Bad15(Identity id, Set<List<Leaf>> x) implements Entity {}

  record Bad16(Identity id, Owning x) implements Entity {}

  record Bad17(Identity id, Open x) implements Entity {}

  record Bad18(Identity id, List<Entity> x) implements Entity {}

  record Bad19(Identity id, Loose x) implements Entity {}

  record Bad20(Identity id, Mixed x) implements Entity {}

  record Bad21(Identity id, Collection<Leaf> x) implements Entity {}

  record Bad22(Identity id, Object x) implements Entity {}

  record Bad23(Identity id, Boxed<String> x) implements Entity {}

  record Bad24(Identity id, Clock x) implements Entity {}

  record Bad25(Identity id, InstantSource x) implements Entity {}

  record Bad26(Identity id, Number x) implements Entity {}

  record Bad27(Identity id, List<List<StringBuilder>> x) implements Entity {}

  record Bad28(Identity id, Map<String, Optional<Thread>> x) implements Entity {}

  record TwoIdentities(Identity id, Identity other) implements Entity {}

  record OtherName(Identity key) implements Entity {
    @Override
    public Identity id() {
      return key;
    }
  }

  record Nameless(int number) implements Entity {
    @Override
    public Identity id() {
      return Identity.fresh();
    }
  }

  record NoEntity(Identity id) {}

  static Stream<Arguments> unfit() {
    return Stream.of(
        arguments(Bad1.class, "Bad1.x is int[]", "may change"),
        arguments(Bad2.class, "Bad2.x is ", "may change"),
        arguments(Bad3.class, "Bad3.x is java.util.Date", "may change"),
        arguments(Bad4.class, "Bad4.x is java.util.ArrayList<java.lang.String>", "only Optional"),
        arguments(Bad5.class, "Bad5.x is java.lang.StringBuilder", "may change"),
        arguments(Bad6.class, "Bad6.x is java.util.List", "say of what"),
        arguments(Bad7.class, "Bad7.x is java.util.Map", "say of what"),
        arguments(Bad8.class, "Bad8.x is java.util.Optional", "say of what"),
        arguments(Bad9.class, "Bad9.x is T", "known when the class is loaded"),
        arguments(Bad10.class, "Bad10.x is T", "known when the class is loaded"),
        arguments(Bad11.class, "Bad11.x is ? extends", "known when the class is loaded"),
        arguments(Bad12.class, "Bad12.x is java.util.Map<", "keys of a map must be comparable"),
        arguments(Bad13.class, "Bad13.x is java.util.Map<", "keys of a map must be comparable"),
        arguments(Bad14.class, "Bad14.x is java.util.Set<", "entities or comparable values"),
        arguments(Bad15.class, "Bad15.x is java.util.Set<", "entities or comparable values"),
        arguments(Bad16.class, "Owning.leaf is ", "that is no entity cannot own one"),
        arguments(Bad17.class, "Bad17.x is ", "a record or a sealed family of records"),
        arguments(Bad18.class, "Bad18.x is ", "a record or a sealed family of records"),
        arguments(Bad19.class, "Bad19.x is ", "a record or a sealed family of records"),
        arguments(Bad20.class, "Bad20.x is ", "some of it are entities"),
        arguments(Bad21.class, "Bad21.x is java.util.Collection<", "only Optional, List"),
        arguments(Bad22.class, "Bad22.x is java.lang.Object", "may change"),
        arguments(Bad23.class, "Bad23.x is ", "only Optional, List, Set, Map and Ref"),
        arguments(Bad24.class, "Bad24.x is java.time.Clock", "may change"),
        arguments(Bad25.class, "Bad25.x is java.time.InstantSource", "may change"),
        arguments(Bad26.class, "Bad26.x is java.lang.Number", "may change"),
        arguments(Bad27.class, "Bad27.x is java.lang.StringBuilder", "may change"),
        arguments(Bad28.class, "Bad28.x is java.lang.Thread", "may change"),
        arguments(TwoIdentities.class, "TwoIdentities.other is an Identity", "Ref"),
        arguments(OtherName.class, "OtherName", "lacks the component \"Identity id\""),
        arguments(Nameless.class, "Nameless", "lacks the component \"Identity id\""),
        arguments(NoEntity.class, "NoEntity", "does not implement Entity"),
        arguments(Subclassed.class, "Subclassed", "is not a record"));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void a_type_that_cannot_be_kept_is_refused(Class<?> type, String where, String why) {
    for (int again = 0; again < 2; again++) {
      assertThatThrownBy(() -> Kind.of(type))
          .isInstanceOf(Refused.class)
          .hasMessageContaining(where)
          .hasMessageContaining(why);
    }
  }

  record All(
      Identity id,
      boolean flag,
      char letter,
      double fraction,
      DayOfWeek day,
      Instant moment,
      Duration length,
      ZoneId zone,
      Size size,
      Ref<Leaf> ref,
      List<Optional<Map<DayOfWeek, Set<Instant>>>> deep,
      Optional<Leaf> leaf,
      Map<Lineage, List<Set<Leaf>>> leaves)
      implements Entity {}

  @Test
  void everything_else_is_a_value_or_owned() {
    Kind kind = Kind.of(All.class);
    assertThat(kind.owned()).extracting(Property::name).containsExactly("leaf", "leaves");
    assertThat(kind.values()).hasSize(10);
  }

  record Outer(Identity id, List<Bad3> inside) implements Entity {}

  @Test
  void a_tree_with_an_unfit_type_in_it_is_refused_and_nothing_is_kept() {
    Repository repository = Repository.inMemory(InstantSource.system());
    Outer empty = repository.commit(new Outer(Identity.fresh(), List.of()));
    Outer unfit = new Outer(empty.id(), List.of(new Bad3(Identity.fresh(), new Date(0))));
    assertThatThrownBy(() -> repository.commit(unfit))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("Bad3.x is java.util.Date");
    assertThat(repository.head(empty.lineage()).orElseThrow().root()).isSameAs(empty);
  }
}
