package dev.parley.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What has to be known of a Parley server before clients by the hundred come.
 *
 * @param tokens of one account's session
 */
record Visit(Server server, List<String> tokens) {

  /** Registers an account. */
  static Visit to(Server server) {
    try (Client client = client(server)) {
      Credentials one = new Credentials(Optional.empty(), Optional.empty(), 1);
      return new Visit(server, one.tokens(client));
    }
  }

  private static Client client(Server server) {
    return new Client(server.endpoint(), 1, RunClock.started(), new Tally());
  }

  /**
   * What the server says when a message is posted.
   *
   * @param size bytes of the message
   */
  Script script(int size) {
    try (Client client = client(server)) {
      Connection connection =
          Waiting.on(client.connect(Optional.of(tokens.getFirst())), "connecting");
      var room = Map.of("kind", "room", "title", "Visit", "visibility", "public");
      JsonNode made = Waiting.on(connection.call("conversations.create", room), "creating a room");
      String id = made.at("/conversation/id").asString();
      var post = Map.of("conversation", id, "content", Stamp.blank(size));
      Script script = Script.after(Waiting.on(connection.call("messages.post", post), "posting"));
      connection.leave();
      return script;
    }
  }
}
