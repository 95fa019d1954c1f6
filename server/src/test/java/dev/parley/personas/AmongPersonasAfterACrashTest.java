package dev.parley.personas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.ChildServer;
import dev.parley.testing.Database;
import dev.parley.testing.ModelServer;
import dev.parley.testing.ModelServer.Protocol;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Two personas talk with each other, and the server is killed while one of them thinks. */
class AmongPersonasAfterACrashTest {
  private static final String BOTH = "@rowan @lily go on";

  @ParameterizedTest
  @EnumSource(Database.class)
  void personas_that_talk_among_themselves_go_on_where_they_were_and_no_further(Database database)
      throws Exception {
    try (ModelServer model = new ModelServer(Protocol.OPENAI);
        ChildServer server = ChildServer.start(database, model.settings())) {
      String ada = token(server);
      String room = room(server, ada, model);
      model.hangs();
      model.thenSays(BOTH);
      post(server, ada, room, "@rowan begin");
      await().until(() -> model.asked().size() == 2);
      server.kill();
      model.says(BOTH);
      server.startAgain();
      await().until(() -> said(server, ada, room).size() == 1 + Addressing.MOST_TURNS);
      List<String> all = said(server, ada, room);
      assertThat(all.subList(1, all.size()))
          .containsExactly("rowan", "lily", "rowan", "lily", "rowan", "lily");

      server.kill();
      server.startAgain();
      post(server, ada, room, "@guide what time is it?");
      await().until(() -> said(server, ada, room).contains("guide"));
      assertThat(said(server, ada, room)).hasSize(all.size() + 2);
    }
  }

  private static String token(ChildServer server) throws IOException, InterruptedException {
    Map<String, String> login = Map.of("name", "ada", "password", "a long password");
    server.call("", "accounts.register", login);
    return server.call("", "sessions.open", login).path("token").stringValue();
  }

  /** With two personas of a model, and the guide. */
  private static String room(ChildServer server, String token, ModelServer model)
      throws IOException, InterruptedException {
    String room =
        server
            .call(token, "conversations.create", Map.of("kind", "room", "title", "Talk"))
            .at("/conversation/id")
            .stringValue();
    for (String name : List.of("rowan", "lily")) {
      server.call(token, "personas.create", Map.of("name", name, "brain", model.brain()));
    }
    for (JsonNode persona : server.call(token, "personas.list", Map.of()).path("items")) {
      server.call(
          token,
          "personas.invite",
          Map.of("conversation", room, "persona", persona.path("id").stringValue()));
    }
    return room;
  }

  private static void post(ChildServer server, String token, String room, String content)
      throws IOException, InterruptedException {
    server.call(token, "messages.post", Map.of("conversation", room, "content", content));
  }

  /** Who said something, in order. */
  private static List<String> said(ChildServer server, String token, String room)
      throws IOException, InterruptedException {
    return server
        .call(token, "messages.list", Map.of("conversation", room))
        .path("items")
        .valueStream()
        .map(message -> message.at("/sender/name").stringValue())
        .toList();
  }
}
