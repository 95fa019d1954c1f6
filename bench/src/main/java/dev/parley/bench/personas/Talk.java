package dev.parley.bench.personas;

import dev.parley.bench.Client;
import dev.parley.bench.Connection;
import dev.parley.bench.Hearer;
import dev.parley.bench.LoadFailure;
import dev.parley.bench.RunClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * A person in their own conversation with a persona, who asks one question at a time. Whatever a
 * question leads to completes on the connection's event loop.
 */
public final class Talk implements Hearer {
  private final Connection connection;
  private final String conversation;
  private final RunClock clock;
  private volatile Question underWay;

  /**
   * A piece of a reply while it is written.
   *
   * @param received by the clock of the run, as all times here
   */
  public record Draft(String text, long received) {}

  /**
   * A reply.
   *
   * @param asked when the question was sent
   * @param received when the durable message was
   */
  public record Reply(long asked, List<Draft> drafts, String text, String replyTo, long received) {

    private Reply checked(JsonNode posted) {
      if (!replyTo.equals(posted.at("/message/id").asString(""))) {
        throw new LoadFailure("a reply to another question");
      }
      return this;
    }
  }

  private record Question(long asked, List<Draft> drafts, CompletableFuture<Reply> reply) {
    Question(long asked) {
      this(asked, new ArrayList<>(), new CompletableFuture<>());
    }
  }

  private Talk(Connection connection, String conversation, RunClock clock) {
    this.connection = connection;
    this.conversation = conversation;
    this.clock = clock;
    this.underWay = new Question(0);
  }

  /** Connects, and goes to the persona. */
  static CompletableFuture<Talk> begin(
      Client client, String token, String persona, RunClock clock) {
    return client
        .connect(Optional.of(token))
        .thenCompose(connection -> on(connection, persona, clock));
  }

  /** Goes to the persona on a connection that is there. */
  public static CompletableFuture<Talk> on(Connection connection, String persona, RunClock clock) {
    return connection
        .call(
            "personas.converse",
            Map.of("persona", persona),
            met -> new Talk(connection, met.at("/conversation/id").asString(), clock))
        .thenCompose(Talk::listen);
  }

  private CompletableFuture<Talk> listen() {
    connection.hearer(this);
    return connection
        .call("conversations.subscribe", Map.of("id", conversation))
        .thenApply(_ -> this);
  }

  /**
   * Asks. If nothing comes of it, the reply is a {@link LoadFailure}, or what the post was refused
   * for.
   */
  public CompletableFuture<Reply> ask(String words) {
    Question question = new Question(clock.now());
    underWay = question;
    CompletableFuture<JsonNode> posted = post(words);
    var _ =
        posted.whenComplete((_, refused) ->
            Optional.ofNullable(refused).ifPresent(question.reply()::completeExceptionally));
    return question.reply().thenCombine(posted, Reply::checked);
  }

  /** Posts, and waits for no reply. */
  public CompletableFuture<JsonNode> post(String words) {
    return connection.call("messages.post", Map.of("conversation", conversation, "content", words));
  }

  @Override
  public void event(JsonNode event, long received) {
    JsonNode data = event.path("data");
    switch (event.path("type").asString("")) {
      case "persona.draft" ->
          underWay.drafts().add(new Draft(data.path("text").asString(), received));
      case "persona.stopped" ->
          underWay.reply().completeExceptionally(new LoadFailure(data.toString()));
      case "message.posted" -> posted(data.path("message"), received);
      default -> {}
    }
  }

  private void posted(JsonNode message, long received) {
    if (message.at("/sender/kind").asString("").equals("persona")) {
      Question question = underWay;
      question
          .reply()
          .complete(
              new Reply(
                  question.asked(),
                  question.drafts(),
                  message.path("content").asString(),
                  message.path("replyTo").asString(""),
                  received));
    }
  }

  void leave() {
    connection.leave();
  }
}
