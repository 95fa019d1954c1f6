package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may do what: 200, 403 for what is visible and forbidden, 404 for what is not there for the
 * caller.
 */
@OnBothDatabases
class RightsMatrixTest {
  private static final String[] CALLERS = {
    "stranger", "member", "moderator", "admin", "banned", "muted"
  };

  @Parameter private Database database;
  private TestServer server;
  private User founder;
  private User target;
  private final Map<String, User> users = new LinkedHashMap<>();

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    users.clear();
    users.put("admin", server.owner());
    founder = server.user("founder");
    target = server.user("target");
    for (String name : CALLERS) {
      users.computeIfAbsent(name, server::user);
    }
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private User caller(String name) {
    User user = users.get(name);
    assertThat(user).as(name).isNotNull();
    return Objects.requireNonNull(user);
  }

  /** A room with everybody in their part, and a message of the target's and of the caller's. */
  private record Scene(String room, String theirs, String own) {}

  private Scene scene(String visibility, String name, boolean archived) {
    User user = caller(name);
    String room = founder.room("Rights", visibility);
    invite(room, target);
    if (!name.equals("stranger") && !name.equals("admin")) {
      invite(room, user);
    }
    String theirs = target.post(room, "theirs").path("id").stringValue();
    boolean speaks = !name.equals("stranger") && !name.equals("admin");
    String own = speaks ? user.post(room, "own").path("id").stringValue() : theirs;
    String whom = "{id: '%s', member: '%s'".formatted(room, user.id());
    switch (name) {
      case "moderator" -> founder.call("conversations.setRole", whom + ", role: 'moderator'}");
      case "banned" -> founder.call("conversations.ban", whom + "}");
      case "muted" -> founder.call("conversations.mute", whom + ", seconds: 600}");
      default -> {}
    }
    if (archived) {
      founder.call("conversations.update", "{id: '%s', archived: true}".formatted(room));
    }
    return new Scene(room, theirs, own);
  }

  private void invite(String room, User user) {
    founder.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(room, user.id()));
  }

  // stranger, member, moderator, admin (not a member), banned, muted
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "public   | conversations.get {id: '$room'}                              | 200 200 200 200 404 200",
        "public   | conversations.members {id: '$room'}                          | 200 200 200 200 404 200",
        "public   | messages.list {conversation: '$room'}                        | 200 200 200 200 404 200",
        "public   | messages.search {text: 'theirs', conversation: '$room'}      | 200 200 200 200 404 200",
        "public   | messages.post {conversation: '$room', content: 'x'}          | 403 200 200 403 404 403",
        "public   | messages.edit {id: '$own', content: 'y'}                     | 403 200 200 403 404 403",
        "public   | messages.edit {id: '$theirs', content: 'y'}                  | 403 403 403 403 404 403",
        "public   | messages.delete {id: '$own'}                                 | 403 200 200 200 404 403",
        "public   | messages.delete {id: '$theirs'}                              | 403 403 200 200 404 403",
        "public   | messages.react {id: '$theirs', emoji: 'x', on: true}         | 403 200 200 403 404 403",
        "public   | reads.mark {conversation: '$room', seq: 1}                   | 403 200 200 403 404 200",
        "public   | conversations.join {id: '$room'}                             | 200 200 200 200 404 200",
        "public   | conversations.leave {id: '$room'}                            | 403 200 200 403 404 200",
        "public   | conversations.invite {id: '$room', account: '$target'}       | 403 200 200 403 404 200",
        "public   | conversations.update {id: '$room', title: 'New'}             | 403 403 200 200 404 403",
        "public   | conversations.remove {id: '$room', member: '$target'}        | 403 403 200 200 404 403",
        "public   | conversations.setRole {id: '$room', member: '$target', role: 'moderator'} | 403 403 200 200 404 403",
        "public   | conversations.mute {id: '$room', member: '$target', seconds: 5} | 403 403 200 200 404 403",
        "public   | conversations.ban {id: '$room', member: '$target'}           | 403 403 200 200 404 403",
        "private  | conversations.get {id: '$room'}                              | 404 200 200 404 404 200",
        "private  | conversations.members {id: '$room'}                          | 404 200 200 404 404 200",
        "private  | messages.list {conversation: '$room'}                        | 404 200 200 404 404 200",
        "private  | messages.search {text: 'theirs', conversation: '$room'}      | 404 200 200 404 404 200",
        "private  | messages.post {conversation: '$room', content: 'x'}          | 404 200 200 404 404 403",
        "private  | messages.edit {id: '$theirs', content: 'y'}                  | 404 403 403 404 404 403",
        "private  | messages.delete {id: '$theirs'}                              | 404 403 200 404 404 403",
        "private  | messages.react {id: '$theirs', emoji: 'x', on: true}         | 404 200 200 404 404 403",
        "private  | reads.mark {conversation: '$room', seq: 1}                   | 404 200 200 404 404 200",
        "private  | conversations.join {id: '$room'}                             | 404 200 200 404 404 200",
        "private  | conversations.invite {id: '$room', account: '$target'}       | 404 403 200 404 404 403",
        "private  | conversations.update {id: '$room', title: 'New'}             | 404 403 200 404 404 403",
        "private  | conversations.remove {id: '$room', member: '$target'}        | 404 403 200 404 404 403",
        "private  | conversations.ban {id: '$room', member: '$target'}           | 404 403 200 404 404 403",
        "archived | messages.post {conversation: '$room', content: 'x'}          | 403 403 403 403 404 403",
        "archived | messages.edit {id: '$own', content: 'y'}                     | 403 403 403 403 404 403",
        "archived | messages.react {id: '$theirs', emoji: 'x', on: true}         | 403 403 403 403 404 403",
        "archived | conversations.join {id: '$room'}                             | 403 200 200 403 404 200",
        "archived | messages.list {conversation: '$room'}                        | 200 200 200 200 404 200",
        "archived | conversations.update {id: '$room', archived: false}          | 403 403 200 200 404 403",
      })
  void everybody_may_do_what_they_may(String kind, String call, String expected) {
    String[] statuses = expected.split(" ");
    for (int i = 0; i < CALLERS.length; i++) {
      boolean archived = kind.equals("archived");
      Scene scene = scene(archived ? "public" : kind, CALLERS[i], archived);
      String function = call.substring(0, call.indexOf(' '));
      String params =
          call.substring(function.length())
              .replace("$room", scene.room())
              .replace("$own", scene.own())
              .replace("$theirs", scene.theirs())
              .replace("$target", target.id());
      assertThat(caller(CALLERS[i]).tryCall(function, params).status())
          .as("%s: %s as %s", kind, call, CALLERS[i])
          .isEqualTo(Integer.parseInt(statuses[i]));
    }
  }

  @ParameterizedTest(name = "direct {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "conversations.get {id: '$room'} | 200 404 404",
        "messages.list {conversation: '$room'} | 200 404 404",
        "messages.post {conversation: '$room', content: 'x'} | 200 404 404",
        "messages.delete {id: '$theirs'} | 403 404 404",
        "conversations.join {id: '$room'} | 200 404 404",
        "conversations.leave {id: '$room'} | 403 404 404",
        "conversations.invite {id: '$room', account: '$target'} | 403 404 404",
        "conversations.update {id: '$room', title: 'x'} | 403 404 404",
        "conversations.remove {id: '$room', member: '$target'} | 403 404 404",
        "conversations.ban {id: '$room', member: '$target'} | 403 404 404",
      })
  void a_direct_conversation_belongs_to_two(String call, String expected) {
    User one = server.user("one");
    String direct =
        target
            .call("conversations.create", "{kind: 'direct', with: '%s'}".formatted(one.id()))
            .at("/conversation/id")
            .stringValue();
    String theirs = target.post(direct, "theirs").path("id").stringValue();
    User[] callers = {one, caller("stranger"), caller("admin")};
    String[] statuses = expected.split(" ");
    for (int i = 0; i < callers.length; i++) {
      String function = call.substring(0, call.indexOf(' '));
      String params =
          call.substring(function.length())
              .replace("$room", direct)
              .replace("$theirs", theirs)
              .replace("$target", target.id());
      assertThat(callers[i].tryCall(function, params).status())
          .as("%s as %s", call, i)
          .isEqualTo(Integer.parseInt(statuses[i]));
    }
  }
}
