package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What addresses lead to in a repository, and writing there. */
class ResolveTest {
  record Station(
      Identity id,
      String name,
      int level,
      List<String> tags,
      Set<String> roles,
      Map<String, Integer> scores,
      Map<Integer, Spot> spots,
      Map<DayOfWeek, Optional<Spot>> days,
      Optional<String> nick,
      List<Grid.Agent> agents,
      Map<String, List<Grid.Agent>> lanes,
      Set<Grid.Agent> crew,
      Optional<Grid.Agent> chief,
      Grid.Agent deputy)
      implements Entity {}

  record Spot(int x, List<Integer> ys) {}

  private final Repository repository = Repository.inMemory(InstantSource.system());
  private Station station = station();

  @BeforeEach
  void keep_it() {
    station = repository.commit(station);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "@st.name              | S",
        "@st:1.level           | 3",
        "@st.tags[1]           | b",
        "@st.tags              | [a, b]",
        "@st.scores.ann        | 1",
        "@st.scores[\"b.c\"]   | 2",
        "@st.spots[7].ys[0]    | 70",
        "@st.spots[\"7\"].x    | 7",
        "@st.days.MONDAY.x     | 1",
        "@st.nick              | N",
        "@st.agents[1].name    | two",
        "@st.lanes.l[0].name   | lane",
        "@st.crew.member.name  | crew",
        "@st.crew[\"member\"].speed | 1",
        "@st.chief.name        | chief",
        "@st.deputy.name       | deputy",
        "@two.name             | two",
        "@two:1.speed          | 1",
      })
  void an_address_leads_to_a_value(String address, String value) {
    assertThat(repository.resolve(address)).hasToString(value);
  }

  @Test
  void an_address_leads_to_an_entity_itself_and_not_to_a_copy() {
    assertThat(repository.resolve("@st")).isSameAs(station);
    assertThat(repository.resolve(Address.parse("@st.agents[0]"), Grid.Agent.class))
        .isSameAs(station.agents().get(0));
    assertThat(repository.resolve("@st.chief")).isSameAs(station.chief().orElseThrow());
    assertThat(repository.resolveAll(List.of(Address.parse("@two"), Address.parse("@st.agents"))))
        .containsExactly(station.agents().get(1), station.agents());
  }

  @Test
  void a_version_in_the_address_means_as_of_then() {
    repository.put(Address.parse("@st.level"), 4);
    repository.put(Address.parse("@two.speed"), 9);
    assertThat(repository.resolve("@st.level")).isEqualTo(4);
    assertThat(repository.resolve("@st:1.level")).isEqualTo(3);
    assertThat(repository.resolve("@st:2.agents[1].speed")).isEqualTo(1);
    assertThat(repository.resolve("@two:2.speed")).isEqualTo(1);
    assertThat(repository.resolve("@two.speed")).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "@nobody           | @nobody is unknown here",
        "@st.nam           | '@st (Station) has no component nam; the nearest of 13 are name, '",
        "@st.id            | @st (Station) has no component id",
        "@st[0]            | @st (Station) has no component 0",
        "@st.agents[2]     | @st.agents has no index 2; valid are 0 to 1",
        "@st.agents.two    | @st.agents is a list: two is no index; valid are 0 to 1",
        "@st.agents[0].spd | '@st.agents[0] (Agent) has no component spd; there is speed, name'",
        "@st.scores.anna   | '@st.scores has no key anna; there is ann, b.c'",
        "@st.spots[8]      | @st.spots has no key 8; there is 7",
        "@st.spots.x       | '@st.spots has no key x, which is no Integer; there is 7'",
        "@st.days.SOMEDAY  | @st.days has no key SOMEDAY",
        "@st.days.TUESDAY.x| @st.days[\"TUESDAY\"] is empty",
        "@st.crew.nobody   | @st.crew has no nobody; there is member",
        "@st.crew['a b']   | needs an index or a quoted key",
        "@st.crew[\"a b\"] | @st.crew has no a b; there is member",
        "@st.level.x       | @st.level is int: it has no x",
        "@st.roles.admin   | @st.roles is a set of values: it has no steps",
        "@st.spots[7].z    | '@st.spots[7] (Spot) has no component z; there is x, ys'",
        "@st.lanes.l[1]    | @st.lanes.l has no index 1; valid are 0 to 0",
      })
  void what_leads_nowhere_is_refused_with_a_suggestion(String address, String reason) {
    assertThatThrownBy(() -> repository.resolve(address))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(reason.replace("[\"TUESDAY\"]", ".TUESDAY"));
  }

  @Test
  void what_is_gone_not_there_yet_or_of_another_type_is_refused() {
    repository.put(Address.parse("@st.agents"), List.of());
    assertThatThrownBy(() -> repository.resolve("@two.name"))
        .hasMessage("@two is in no tree: version 2 removed it");
    assertThat(repository.resolve("@two:1.name")).isEqualTo("two");
    assertThatThrownBy(() -> repository.resolve("@st.agents[0]"))
        .hasMessage("@st.agents has no index 0; it is empty");
    assertThatThrownBy(() -> repository.addressOf(new Lineage("two")))
        .hasMessageContaining("is in no tree");
    repository.put(Address.parse("@st.crew.late"), agent("late"));
    assertThatThrownBy(() -> repository.resolve("@late:2"))
        .hasMessage("@late was not there at version 2");
    assertThatThrownBy(() -> repository.resolve(Address.parse("@st.level"), String.class))
        .isInstanceOf(Refused.class)
        .hasMessage("@st.level is Integer, not String");
    assertThat(repository.resolve(Address.parse("@st.level"), int.class)).isEqualTo(3);
  }

  @Test
  void what_is_put_makes_a_version_that_shares_all_else() {
    Station next = (Station) repository.put(Address.parse("@two.speed"), 8);
    assertThat(repository.head(station.lineage()).orElseThrow().root()).isSameAs(next);
    Diff diff = Diff.between(station, next);
    assertThat(diff.changes())
        .containsExactly(new Change.Modified(new Lineage("two"), "speed", 1, 8));
    assertThat(next.agents().get(0)).isSameAs(station.agents().get(0));
    assertThat(repository.put(Address.parse("@two.speed"), 8)).isSameAs(next);
  }

  @Test
  void every_kind_of_place_can_be_put_to() {
    put("@st.tags[0]", "x");
    put("@st.scores.new", 3);
    put("@st.scores[\"b.c\"]", 4);
    put("@st.spots[7].ys[0]", 71);
    put("@st.days.MONDAY.x", 2);
    put("@st.days.TUESDAY", new Spot(9, List.of()));
    put("@st.nick", "M");
    put("@st.agents[0]", agent("three"));
    put("@st.lanes.m", List.of(agent("four")));
    put("@st.lanes.l[0].name", "L");
    put("@st.crew.five", agent("five"));
    put("@st.chief", Optional.empty());
    put("@st.deputy", agent("six"));
    put("@five", new Grid.Agent(repository.latest(new Lineage("five")).orElseThrow().id(), "V", 5));
    Station now = (Station) repository.resolve("@st");
    assertThat(now.tags()).containsExactly("x", "b");
    assertThat(now.scores()).isEqualTo(Map.of("ann", 1, "b.c", 4, "new", 3));
    assertThat(now.spots()).isEqualTo(Map.of(7, new Spot(7, List.of(71))));
    assertThat(now.days().get(DayOfWeek.MONDAY)).contains(new Spot(2, List.of()));
    assertThat(now.days().get(DayOfWeek.TUESDAY)).contains(new Spot(9, List.of()));
    assertThat(now.nick()).contains("M");
    assertThat(now.agents()).extracting(Grid.Agent::name).containsExactly("three", "two");
    assertThat(now.lanes().get("m")).extracting(Grid.Agent::name).containsExactly("four");
    assertThat(now.lanes().get("l")).extracting(Grid.Agent::name).containsExactly("L");
    assertThat(now.crew()).extracting(Grid.Agent::name).containsExactlyInAnyOrder("V", "crew");
    assertThat(now.chief()).isEmpty();
    assertThat(now.deputy().name()).isEqualTo("six");
    assertThat(repository.versions(now.lineage(), Long.MAX_VALUE, 100)).hasSize(15);
  }

  @Test
  void an_old_version_is_not_written_to() {
    put("@two.speed", 2);
    assertThatThrownBy(() -> put("@two:1.speed", 3)).isInstanceOf(HeadMoved.class);
    assertThatThrownBy(() -> put("@st:1.name", "T")).isInstanceOf(HeadMoved.class);
    put("@two:2.speed", 3);
    put("@st:3.name", "T");
    assertThat(repository.resolve("@st.agents[1].speed")).isEqualTo(3);
    assertThat(repository.resolve("@st.name")).isEqualTo("T");
  }

  @Test
  void what_does_not_fit_is_refused_and_nothing_is_kept() {
    requireRefused("@st.level", "high", "@st.level is Integer, it cannot be String");
    requireRefused("@st.agents[0]", "x", "@st.agents[0] is Agent, it cannot be String");
    requireRefused("@st.agents[5]", agent("x"), "valid are 0 to 1");
    requireRefused("@st.crew.five", agent("six"), "@st.crew[five] cannot be @six");
    requireRefused("@st", agent("six"), "@st cannot be @six, which is another entity");
    requireRefused("@st.scores.new.x", 1, "@st.scores has no key new");
    requireRefused("@st.agents[0]", station.agents().get(1), "is at two places");
    requireRefused("@nobody.x", 1, "@nobody is unknown here");
    assertThat(repository.head(station.lineage()).orElseThrow().root()).isSameAs(station);
  }

  @Test
  void the_address_of_an_entity_leads_to_it() {
    for (String name : List.of("st", "two", "lane", "member", "chief", "deputy")) {
      Address address = repository.addressOf(new Lineage(name));
      assertThat(address.lineage()).isEqualTo(station.lineage());
      assertThat(((Entity) repository.resolve(address)).lineage()).isEqualTo(new Lineage(name));
    }
    assertThat(repository.addressOf(new Lineage("lane"))).hasToString("@st.lanes[\"l\"][0]");
  }

  @Test
  void the_address_of_an_entity_is_right_after_others_came_before_it() {
    Draft<Station> draft = Draft.of(station);
    draft.list(Station::agents).add(0, agent("zero"));
    repository.commit(draft.build());
    assertThat(repository.addressOf(new Lineage("two"))).hasToString("@st.agents[2]");
    put("@two.speed", 6);
    assertThat(repository.resolve("@st.agents[2].speed")).isEqualTo(6);
  }

  @Test
  void reading_one_field_of_a_wide_tree_looks_at_nothing_else() {
    Repository wide = Repository.inMemory(InstantSource.system());
    Grid grid = wide.commit(Grid.of(2, 50_000, new Random(1)));
    assertThat(wide.resolve("@grid.nodes[1].agents[49999].name")).isEqualTo("agent_1_49999");
    assertThat(wide.resolve("@grid.nodes[1].agents")).isSameAs(grid.nodes().get(1).agents());
    Grid next = (Grid) wide.put(Address.parse("@agent_1_49999.speed"), 50);
    assertThat(next.nodes().get(0)).isSameAs(grid.nodes().get(0));
    assertThat(next.nodes().get(1).agents().get(49_998))
        .isSameAs(grid.nodes().get(1).agents().get(49_998));
  }

  @Test
  void whatever_bytes_come_only_refused_escapes() {
    long seed = 90_210;
    Random random = new Random(seed);
    List<String> parts =
        List.of(
            "@st", "@two", ".agents", ".lanes", ".scores", ".spots", ".days", ".crew", ".chief",
            ".name", ".level", ".tags", "[0]", "[1]", "[7]", "[\"l\"]", ".l", ".member", ".x", ":1",
            ".nick", ".MONDAY", "[\"7\"]", ".ys", ".roles", ".deputy");
    int found = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(20) == 0 ? "" : "@st");
      for (int length = random.nextInt(5); length > 0; length--) {
        text.append(
            random.nextInt(10) == 0
                ? String.valueOf((char) random.nextInt(0x10000))
                : parts.get(random.nextInt(parts.size())));
      }
      found += leads(text.toString()) ? 1 : 0;
    }
    System.out.println("seed " + seed + ": " + found + " of 50000 lead somewhere");
    assertThat(found).isBetween(1_000, 49_000);
  }

  private boolean leads(String address) {
    try {
      repository.resolve(address);
      return true;
    } catch (Refused refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return false;
    }
  }

  private void put(String address, Object value) {
    repository.put(Address.parse(address), value);
  }

  private void requireRefused(String address, Object value, String reason) {
    assertThatThrownBy(() -> put(address, value))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(reason);
  }

  private static Grid.Agent agent(String name) {
    return new Grid.Agent(Grid.id(name), name, 1);
  }

  private static Station station() {
    return new Station(
        Grid.id("st"),
        "S",
        3,
        List.of("a", "b"),
        Set.of("guest"),
        Map.of("ann", 1, "b.c", 2),
        Map.of(7, new Spot(7, List.of(70))),
        Map.of(
            DayOfWeek.MONDAY,
            Optional.of(new Spot(1, List.of())),
            DayOfWeek.TUESDAY,
            Optional.empty()),
        Optional.of("N"),
        List.of(agent("one"), agent("two")),
        Map.of("l", List.of(agent("lane"))),
        Set.of(new Grid.Agent(Grid.id("member"), "crew", 1)),
        Optional.of(agent("chief")),
        agent("deputy"));
  }
}
