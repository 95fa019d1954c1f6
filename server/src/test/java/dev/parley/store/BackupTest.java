package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testing.Database;
import dev.parley.testing.Rows;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class BackupTest {
  @TempDir Path folder = Path.of("");

  private static Backup backup(TestServer server) {
    Optional<String> url = Optional.ofNullable(server.configuration().get("DATABASE_URL"));
    return Backup.of(
        new StoreSettings(
            server.folder(),
            url,
            1,
            0,
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            0,
            Duration.ZERO));
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_backup_of_a_running_server_brings_everything_back_in_a_new_epoch(Database database)
      throws Exception {
    Path file = folder.resolve("copy");
    try (TestServer server = TestServer.start(database)) {
      User ada = server.user("ada");
      String room = ada.room("Kept");
      ada.call("conversations.update", "{id: '%s', topic: 'kept, too'}".formatted(room));
      ada.post(room, "before the backup");
      JsonNode before = ada.call("conversations.get", "{id: '%s'}".formatted(room)).path("asOf");
      remember(ada, "keeps a ledger");
      backup(server).write(file);
      ada.post(room, "after the backup");
      remember(ada, "keeps a lemur");
      assertThatThrownBy(() -> backup(server).restore(file))
          .isInstanceOf(UnusableDatabase.class)
          .hasMessageContaining("in use");

      server.whileStopped(() -> backup(server).restore(file));

      assertThat(ada.call("messages.list", "{conversation: '%s'}".formatted(room)).toString())
          .contains("before the backup")
          .doesNotContain("after the backup");
      assertThat(ada.call("history.list", "{id: '%s'}".formatted(room)).path("items")).hasSize(2);
      remember(ada, "keeps a lynx");
      assertThat(ada.call("memories.list", "{}").toString())
          .contains("keeps a ledger", "keeps a lynx")
          .doesNotContain("keeps a lemur");
      try (Socket socket = ada.socket()) {
        JsonNode subscribed =
            socket.call(
                "conversations.subscribe",
                "{id: '%s', afterSeq: 1, epoch: '%s'}"
                    .formatted(room, before.path("epoch").stringValue()));
        assertThat(subscribed.path("recovered").booleanValue()).isFalse();
        assertThat(subscribed.path("epoch")).isNotEqualTo(before.path("epoch"));
        ada.post(room, "and on it goes");
        assertThat(socket.event("message.posted").path("seq").longValue()).isEqualTo(3);
      }
      Awaitility.await()
          .until(() -> ada.call("messages.search", "{text: 'goes'}").path("items").size() == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void what_is_no_backup_is_refused_and_nothing_is_lost(Database database) throws Exception {
    Path file = Files.writeString(folder.resolve("novel.txt"), "It was a dark and stormy night.");
    try (TestServer server = TestServer.start(database)) {
      User ada = server.user("ada");
      String room = ada.room("Kept");
      server.whileStopped(() ->
          assertThatThrownBy(() -> backup(server).restore(file))
              .isInstanceOf(UnusableDatabase.class)
              .hasMessageContaining("no backup"));
      ada.post(room, "still here");
    }
  }

  @Test
  void no_table_is_left_out_of_a_backup_of_postgresql() throws Exception {
    Path file = folder.resolve("whole");
    try (TestServer server = TestServer.start(Database.POSTGRESQL)) {
      backup(server).write(file);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        assertThat(zip.stream().map(ZipEntry::getName)).containsAll(Rows.tables(server));
      }
    }
  }

  private static void remember(User user, String text) {
    String persona = user.call("personas.list", "{}").at("/items/0/id").stringValue();
    user.call("memories.add", "{persona: '%s', text: '%s'}".formatted(persona, text));
  }
}
