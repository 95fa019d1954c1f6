package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.Rows;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program as a process of its own: what it says when it cannot, and how it ends. */
class CommandLineTest {
  @TempDir Path folder = Path.of("");

  /** How a process ended. */
  private record Ended(int code, String out, String err) {
    /** The process failed with one line and nothing else. */
    String oneLine() {
      assertThat(code).as(out + err).isNotZero();
      assertThat(err.strip().lines()).as(err).hasSize(1);
      assertThat(err).startsWith("parley: ").doesNotContain("\tat ");
      return err;
    }

    String worked() {
      assertThat(code).as(out + err).isZero();
      return out;
    }
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.parley.Main");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(CommandLineTest::isOurs);
    builder.environment().putAll(defaults());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(Files.readString(out)).isTrue();
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isOurs(String name) {
    return name.startsWith("PARLEY_")
        || name.equals("DATABASE_URL")
        || name.equals("JAVA_TOOL_OPTIONS");
  }

  private Map<String, String> defaults() {
    return Map.of(
        "PARLEY_DATA", folder.resolve("data").toString(),
        "PARLEY_PORT", "0",
        "METRICS_PORT", "0");
  }

  private Ended serve(String... settings) throws Exception {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return run(environment, "serve");
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void a_configuration_that_cannot_be_used_is_one_line() throws Exception {
    assertThat(serve("PARLEY_PROT", "80").oneLine()).contains("PARLEY_PROT");
    assertThat(serve("PARLEY_PORT", "eighty").oneLine()).contains("PARLEY_PORT");
    assertThat(serve("PARLEY_TRUSTED_PROXIES", "10.0.0.0/99").oneLine())
        .contains("PARLEY_TRUSTED_PROXIES");
    assertThat(serve("PARLEY_HOST", "no.such.host.invalid").oneLine()).contains("PARLEY_HOST");
    assertThat(serve("PARLEY_CONFIG", "gone.properties").oneLine())
        .contains("There is no file gone.properties");
  }

  @Test
  void a_data_folder_that_cannot_be_used_is_one_line() throws Exception {
    try (TestServer running = TestServer.start(Database.SQLITE)) {
      assertThat(serve("PARLEY_DATA", running.folder().toString()).oneLine()).contains("in use");
    }
    assertThat(serve("PARLEY_DATA", file("file", "no folder")).oneLine())
        .contains("cannot be written");
    Path garbage = Files.createDirectory(folder.resolve("garbage"));
    Files.writeString(garbage.resolve("parley.db"), "this is no database".repeat(1_000));
    assertThat(serve("PARLEY_DATA", garbage.toString()).oneLine()).contains("parley.db");
  }

  @Test
  void a_database_that_is_newer_than_the_program_is_one_line() throws Exception {
    Path data = folder.resolve("newer");
    Map<String, String> settings = Map.of("PARLEY_DATA", data.toString(), "PARLEY_PORT", "0");
    new Parley(Configuration.of(settings), java.time.Clock.systemUTC()).close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("parley.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO flyway_schema_history SELECT 99, '99', description, type, script, checksum,
          installed_by, installed_on, execution_time, success FROM flyway_schema_history
          WHERE installed_rank = 1\
          """);
    }
    assertThat(serve("PARLEY_DATA", data.toString()).oneLine()).contains("newer");
  }

  @Test
  void a_database_that_is_not_there_is_one_line_without_its_password() throws Exception {
    assertThat(
            serve(
                    "DATABASE_URL", "postgresql://me:s3cret@127.0.0.1:1/parley",
                    "DB_POOL_TIMEOUT", "1")
                .oneLine())
        .contains("127.0.0.1:1")
        .doesNotContain("s3cret");
    Ended shown = run(Map.of("DATABASE_URL", "postgresql://me:s3cret@db/parley"), "config");
    assertThat(shown.worked()).contains("postgresql://me:***@db/parley").doesNotContain("s3cret");
  }

  @Test
  void a_port_a_certificate_or_a_key_that_cannot_be_used_is_one_line() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(serve("PARLEY_PORT", port).oneLine()).contains(port, "PARLEY_PORT");
      assertThat(serve("METRICS_PORT", port).oneLine()).contains("METRICS_PORT");
    }
    String bad = file("bad.pem", "no PEM");
    assertThat(serve("PARLEY_TLS_CERT", bad, "PARLEY_TLS_KEY", bad).oneLine())
        .contains("PARLEY_TLS_CERT");
    assertThat(serve("PARLEY_TLS_CERT", "gone.pem", "PARLEY_TLS_KEY", "gone.pem").oneLine())
        .contains("PARLEY_TLS_CERT");
    assertThat(serve("PARLEY_JWT_ISSUER", "x", "PARLEY_JWT_KEYS", bad).oneLine())
        .contains("PARLEY_JWT_KEYS");
    assertThat(serve("PARLEY_JWT_ISSUER", "x", "PARLEY_JWT_KEYS", "gone.json").oneLine())
        .contains("PARLEY_JWT_KEYS");
    String empty = file("empty.json", "{\"keys\":[]}");
    assertThat(serve("PARLEY_JWT_ISSUER", "x", "PARLEY_JWT_KEYS", empty).oneLine())
        .contains("PARLEY_JWT_KEYS");
  }

  @Test
  void a_demo_is_made_only_where_everybody_may_register() throws Exception {
    assertThat(run(Map.of("PARLEY_REGISTRATION", "invite"), "serve", "--demo").oneLine())
        .contains("PARLEY_REGISTRATION");
  }

  @Test
  void a_running_server_can_be_called() throws Exception {
    try (TestServer server = TestServer.start(Database.SQLITE)) {
      User ada = server.user("ada");
      Map<String, String> environment =
          Map.of("PARLEY_URL", server.uri("").toString(), "PARLEY_TOKEN", ada.token());
      assertThat(run(environment, "call", "accounts.me").worked()).contains(ada.id());
      Ended refused = run(environment, "call", "messages.list", "{\"conversation\":\"x\"}");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.out()).contains("not_found");
      assertThat(run(environment, "call", "accounts.me", "{").oneLine()).contains("JSON");
    }
    assertThat(run(Map.of("PARLEY_URL", "http://127.0.0.1:1"), "call", "system.ping").oneLine())
        .contains("127.0.0.1:1");
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void versions_are_verified_beside_the_server_and_one_edited_by_hand_is_named(Database database)
      throws Exception {
    try (TestServer server = TestServer.start(database)) {
      Map<String, String> environment = new HashMap<>(server.configuration());
      environment.keySet().retainAll(Set.of("PARLEY_DATA", "DATABASE_URL"));
      String room = server.user("ada").room("Verified");
      assertThat(run(environment, "verify").worked()).contains("4 trees, 4 versions");
      Rows.change(
          server,
          "UPDATE entity_nodes SET body = replace(body, 'Verified', 'Forged') WHERE lineage = '"
              + room
              + "'");
      Ended damaged = run(environment, "verify");
      assertThat(damaged.code()).isEqualTo(1);
      assertThat(damaged.out()).startsWith("@" + room + ":").contains("not what was written");
      assertThat(damaged.out().lines()).hasSize(1);
    }
  }

  @Test
  void old_versions_are_given_up_while_the_server_does_not_run() throws Exception {
    String backup = folder.resolve("all.backup").toString();
    try (TestServer server = TestServer.start(Database.SQLITE)) {
      Map<String, String> environment = Map.of("PARLEY_DATA", server.folder().toString());
      User ada = server.user("ada");
      ada.call("conversations.update", "{id: '%s', title: 'Two'}".formatted(ada.room("One")));
      assertThat(run(environment, "forget", "--older-than", "0").oneLine()).contains("in use");
      run(environment, "backup", backup).worked();
    }
    run(Map.of(), "restore", backup).worked();
    assertThat(run(Map.of(), "verify").worked()).contains("4 trees, 5 versions");
    assertThat(run(Map.of(), "forget", "--older-than", "-1").oneLine()).contains("--older-than");
    assertThat(run(Map.of(), "forget", "--older-than", "36500").worked())
        .contains("0 versions given up");
    assertThat(run(Map.of(), "forget", "--older-than", "0").worked())
        .contains("1 versions given up");
    assertThat(run(Map.of(), "verify").worked()).contains("4 trees, 4 versions");
  }

  @Test
  void an_owner_link_works_once() throws Exception {
    try (TestServer server = TestServer.start(Database.SQLITE)) {
      Map<String, String> environment = Map.of("PARLEY_DATA", server.folder().toString());
      String code = run(environment, "owner-link").worked().strip().replaceFirst(".*/owner/", "");
      String body = "{\"name\":\"%s\",\"password\":\"%s\",\"invitation\":\"" + code + "\"}";
      Http.Reply owner = server.http().post("/api/accounts", body.formatted("boss", User.PASSWORD));
      assertThat(owner.body().at("/account/role").stringValue()).isEqualTo("owner");
      assertThat(server.http().post("/api/accounts", body.formatted("b2", User.PASSWORD)).status())
          .isEqualTo(403);
      assertThat(run(environment, "owner-link").oneLine()).contains("an owner already");
    }
    assertThat(run(Map.of(), "owner-link").oneLine()).contains("no database");
  }

  @Test
  void a_backup_is_written_beside_the_server_and_restored_without_it() throws Exception {
    String backup = folder.resolve("all.backup").toString();
    Path data;
    try (TestServer server = TestServer.start(Database.SQLITE)) {
      Map<String, String> environment = Map.of("PARLEY_DATA", server.folder().toString());
      User ada = server.user("ada");
      ada.room("To be kept");
      run(environment, "backup", backup).worked();
      assertThat(run(environment, "backup", backup).oneLine()).contains("exists");
      assertThat(run(environment, "restore", backup).oneLine()).contains("in use");
    }
    data = folder.resolve("data");
    run(Map.of(), "restore", backup).worked();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("parley.db"));
        Statement statement = connection.createStatement()) {
      assertThat(
              statement
                  .executeQuery("SELECT 1 FROM conversations WHERE title = 'To be kept'")
                  .next())
          .isTrue();
    }
    assertThat(run(Map.of(), "restore", file("no.backup", "no backup")).oneLine()).isNotBlank();
    assertThat(run(Map.of(), "restore", "gone.backup").oneLine()).contains("gone.backup");
  }
}
