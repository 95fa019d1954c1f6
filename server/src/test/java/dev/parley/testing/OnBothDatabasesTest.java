package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** What every class relies on that is marked so: it meets each database once, and really that. */
@OnBothDatabases
class OnBothDatabasesTest {
  private final Set<Database> met = EnumSet.noneOf(Database.class);

  @Parameter private Database database;
  private TestServer server;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  @Test
  void a_server_keeps_its_data_in_the_database_that_the_class_was_given() {
    assertThat(met.add(database)).as("it is the first time on %s", database).isTrue();
    String name = server.user("ada").name();
    assertThat(Rows.dump(server)).contains(name);
    assertThat(Files.exists(server.folder().resolve("parley.db")))
        .isEqualTo(database == Database.SQLITE);
  }

  @AfterAll
  void it_met_all() {
    assertThat(met).containsExactly(Database.values());
  }
}
