package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Rows;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/**
 * Search over so many messages that each way to find them is taken. Message number i is in room
 * {@code i % 10}; it has a word that every second one has, one that every 97th has, and so on; so
 * what must be found is known without searching.
 */
@OnBothDatabases
class SearchTest {
  private static final int MESSAGES = 40_000;
  private static final int ROOMS = 10;
  private static final String NUMBERS =
      "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d) ";

  @Parameter private Database database;
  private TestServer server;
  private User everywhere;
  private User newcomer;
  private User allButFirst;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    everywhere = server.user("everywhere");
    newcomer = server.user("newcomer");
    allButFirst = server.user("allbutfirst");
    rooms();
    members(everywhere, "i >= 0");
    members(allButFirst, "i > 0");
    messages();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> IntStream.range(0, ROOMS).allMatch(this::isIndexed));
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private boolean isIndexed(int room) {
    List<Integer> found = find(everywhere, "every", Optional.of("r" + room), 1);
    return found.equals(List.of(MESSAGES - ROOMS + room));
  }

  /** Rooms from the fifth on are public. */
  private void rooms() {
    write(
        ROOMS - 1,
        ("INSERT INTO conversations (id, kind, title, visibility, created_by, created_at)"
                + " SELECT 'r' || i, 'room', 'Room', CASE WHEN i < 5 THEN 'private' ELSE"
                + " 'public' END, '%s', 0 FROM n")
            .formatted(everywhere.id()));
  }

  private void members(User user, String which) {
    write(
        ROOMS - 1,
        ("INSERT INTO members (conversation, actor, role, joined_at, read_seq, read_messages)"
                + " SELECT 'r' || i, '%s', 'member', 0, 0, 0 FROM n WHERE %s")
            .formatted(user.id(), which));
  }

  /** The rooms' heads come last: the index goes by them. */
  private void messages() {
    write(
        MESSAGES - 1,
        ("INSERT INTO messages (id, conversation, seq, sender, content, at)"
                + " SELECT 'm' || i, 'r' || (i %% 10), i / 10 + 1, '%s',"
                + " 'every w' || (i %% 2) || ' v' || (i %% 97) || ' u' || (i %% 4999)"
                + " || ' only' || (i %% 10), i FROM n ORDER BY i")
            .formatted(everywhere.id()));
    write(
        MESSAGES - 1,
        ("INSERT INTO log (conversation, seq, type, at, messages, message, actor, call, body)"
                + " SELECT 'r' || (i %% 10), i / 10 + 1, 'message.posted', i, i / 10 + 1, 'm' || i,"
                + " '%s', 'test', '{}' FROM n")
            .formatted(everywhere.id()));
    Rows.change(
        server,
        "UPDATE conversations SET last_seq = %1$d, messages = %1$d".formatted(MESSAGES / ROOMS));
  }

  private void write(int last, String insert) {
    Rows.change(server, NUMBERS.formatted(last) + insert);
  }

  @Test
  void rare_words_are_found_wherever_they_are() {
    assertFound(everywhere, "u17 every", i -> i % 4999 == 17);
    assertFound(everywhere, "u17 w1", i -> i % 4999 == 17 && i % 2 == 1);
    assertFound(everywhere, "u4998", i -> i % 4999 == 4998);
    assertFound(everywhere, "nowhere", i -> false);
  }

  @Test
  void common_words_are_found_newest_first_page_after_page() {
    assertFound(everywhere, "v5 w0", i -> i % 97 == 5 && i % 2 == 0);
    assertFound(everywhere, "every w1", i -> i % 2 == 1);
  }

  @Test
  void the_last_word_may_be_the_beginning_of_one() {
    assertFound(everywhere, "u17", i -> String.valueOf(i % 4999).startsWith("17"));
    assertFound(everywhere, "w0 u49", i -> i % 2 == 0 && String.valueOf(i % 4999).startsWith("49"));
  }

  @Test
  void what_one_may_not_read_is_not_found_however_common_it_is() {
    assertFound(newcomer, "only3", i -> false);
    assertFound(newcomer, "v5 only7", i -> i % 10 == 7 && i % 97 == 5);
    assertFound(newcomer, "u17 every", i -> i % 4999 == 17 && i % 10 >= 5);
    assertFound(allButFirst, "only0", i -> false);
    assertFound(allButFirst, "v5 every", i -> i % 97 == 5 && i % 10 > 0);
  }

  @Test
  void one_room_is_searched_as_if_there_were_no_other() {
    for (int room : List.of(3, 7)) {
      assertThat(find(everywhere, "v5 every", Optional.of("r" + room)))
          .containsExactlyElementsOf(expected(i -> i % 97 == 5 && i % 10 == room));
    }
    assertThat(find(everywhere, "only3", Optional.of("r7"))).isEmpty();
  }

  /** Enough pages to leave what is looked through at first; all of them, where there are few. */
  private void assertFound(User user, String text, IntPredicate which) {
    List<Integer> expected = expected(which);
    List<Integer> found = find(user, text, Optional.empty());
    assertThat(found)
        .as("%s by %s", text, user.name())
        .containsExactlyElementsOf(expected.subList(0, Math.min(expected.size(), 1_500)));
  }

  private static List<Integer> expected(IntPredicate which) {
    return IntStream.range(0, MESSAGES).map(i -> MESSAGES - 1 - i).filter(which).boxed().toList();
  }

  /** The numbers of what is found, at most the first 1,500. */
  private static List<Integer> find(User user, String text, Optional<String> room) {
    return find(user, text, room, 1_500);
  }

  private static List<Integer> find(User user, String text, Optional<String> room, int most) {
    List<Integer> found = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          user.call(
              "messages.search",
              "{text: '%s', limit: %d%s%s}"
                  .formatted(
                      text,
                      Math.min(most, 100),
                      room.map(id -> ", conversation: '" + id + "'").orElse(""),
                      cursor));
      page.path("items")
          .forEach(item -> found.add(Integer.valueOf(item.path("id").stringValue().substring(1))));
      String next = page.path("next").asString("");
      cursor = next.isEmpty() ? "" : ", cursor: '" + next + "'";
    } while (!cursor.isEmpty() && found.size() < most);
    return found;
  }
}
