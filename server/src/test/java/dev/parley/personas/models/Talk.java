package dev.parley.personas.models;

import dev.parley.functions.Json;
import dev.parley.testing.Database;
import dev.parley.testing.ModelServer;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server with a persona whose brain is a model, and somebody who talks with it. */
final class Talk implements AutoCloseable {
  final ModelServer model;
  final TestServer server;
  final User ada;
  final String rowan;
  final String direct;
  final Socket socket;

  Talk(ModelServer.Protocol protocol, String... settings) {
    this(Database.SQLITE, protocol, settings);
  }

  Talk(Database database, ModelServer.Protocol protocol, String... settings) {
    this.model = new ModelServer(protocol);
    this.server = TestServer.start(database, model.settings(settings));
    this.ada = server.user("ada");
    this.rowan = persona("rowan", "");
    this.direct = converse(ada);
    this.socket = listening(ada, direct);
  }

  /** Makes a persona with the model for a brain. */
  String persona(String name, String more) {
    return ada.call(
            "personas.create",
            "{name: '%s', description: 'Keeps the garden', brain: '%s'%s}"
                .formatted(name, model.brain(), more))
        .at("/persona/id")
        .stringValue();
  }

  String converse(User with) {
    return with.call("personas.converse", "{persona: '%s'}".formatted(rowan))
        .at("/conversation/id")
        .stringValue();
  }

  Socket listening(User user, String conversation) {
    Socket open = user.socket();
    JsonNode subscribed =
        open.call("conversations.subscribe", "{id: '%s'}".formatted(conversation));
    if (!subscribed.path("recovered").booleanValue() && subscribed.path("seq").isMissingNode()) {
      throw new AssertionError(subscribed);
    }
    return open;
  }

  /** Asks, and waits for the answer. */
  JsonNode ask(String question) {
    String id = ada.post(direct, question).path("id").stringValue();
    return reply(id);
  }

  JsonNode reply(String question) {
    return socket
        .event(event ->
            event.path("type").stringValue().equals("message.posted")
                && event.at("/data/message/replyTo").asString("").equals(question))
        .at("/data/message");
  }

  JsonNode stopped() {
    return socket.event("persona.stopped").path("data");
  }

  JsonNode context(String message) {
    return ada.call("personas.context", "{message: '%s'}".formatted(message)).path("reply");
  }

  /** What stands in a conversation, each with the kind of its sender. */
  List<String> said() {
    List<String> all = new ArrayList<>();
    ada.call("messages.list", "{conversation: '%s', limit: 100}".formatted(direct))
        .path("items")
        .forEach(message ->
            all.add(
                message.at("/sender/kind").stringValue()
                    + ": "
                    + message.path("content").stringValue()));
    return all;
  }

  /** The words of a role in a question to the model, one after another. */
  static List<String> words(JsonNode request, String role) {
    List<String> all = new ArrayList<>();
    for (JsonNode message : request.path("messages")) {
      if (message.path("role").stringValue().equals(role)) {
        all.add(text(message.path("content")));
      }
    }
    return all;
  }

  private static String text(JsonNode content) {
    return content.isString() ? content.stringValue() : content.toString();
  }

  static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }

  @Override
  public void close() {
    socket.close();
    server.close();
    model.close();
  }
}
