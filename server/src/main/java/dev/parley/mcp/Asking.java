package dev.parley.mcp;

import dev.parley.functions.Json;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has an older client do what a result requires of it: by requests of ours on the stream of its own
 * request, after which the work is begun anew with the answers.
 */
final class Asking {
  private static final int MOST_ROUNDS = 8;
  private static final long PATIENCE_SECONDS = 300;
  private static final AtomicLong NUMBER = new AtomicLong();

  private final Session session;
  private final Outlet outlet;

  Asking(Session session, Outlet outlet) {
    this.session = session;
    this.outlet = outlet;
  }

  /**
   * @throws Fault if the client cannot do what is required, or does not in time
   */
  ObjectNode complete(Asked asked, Function<Asked, Reply> work) {
    Asked now = asked;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      switch (work.apply(now)) {
        case Reply.Complete complete -> {
          return complete.result();
        }
        case Reply.InputRequired required ->
            now = now.with(answers(now, required.requests()), required.state());
      }
    }
    throw Fault.invalidParams("This took too many questions");
  }

  private ObjectNode answers(Asked asked, Map<String, ObjectNode> requests) {
    ObjectNode answers = Json.MAPPER.createObjectNode();
    requests.forEach((key, wanted) -> {
      String method = wanted.path("method").stringValue();
      if (!asked.can(method)) {
        throw Fault.missingCapability(Asked.capability(method));
      }
      answers.set(key, ask(method, (ObjectNode) wanted.path("params")));
    });
    return answers;
  }

  private ObjectNode ask(String method, ObjectNode params) {
    String id = "parley-" + NUMBER.incrementAndGet();
    CompletableFuture<Message.Response> answer = session.ask(id);
    try {
      outlet.send(Message.request(id, method, params));
      return result(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException | CancellationException silent) {
      throw Fault.invalidParams("The client did not answer " + method);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Fault.invalidParams("The server is shutting down");
    } finally {
      session.forget(id);
    }
  }

  private static ObjectNode result(Message.Response answer) {
    if (answer.result() instanceof ObjectNode result) {
      return result;
    }
    throw Fault.invalidParams(
        "The client refused: " + Json.shown(answer.error().path("message").asString("")));
  }
}
