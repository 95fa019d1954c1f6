package dev.parley.mcp;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Outcome;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls functions, those whose answers have pages by pages that a model can take: half of one,
 * again and again, until it fits. The rest is behind its {@code next}.
 */
final class Portions {
  private static final int MOST_BYTES = 128 * 1024;

  private final Dispatcher dispatcher;

  Portions(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  Outcome call(Asked asked, Registered<Call> function, ObjectNode arguments) {
    Outcome outcome = run(asked, function, arguments);
    return outcome instanceof Outcome.Answered answered && isTooLong(function, answered)
        ? shorter(asked, function, arguments, answered)
        : outcome;
  }

  private Outcome run(Asked asked, Registered<Call> function, ObjectNode arguments) {
    Call call = asked.call();
    Outcome outcome = dispatcher.dispatch(call, function.name(), arguments);
    call.replied();
    return outcome;
  }

  private static boolean isTooLong(Registered<Call> function, Outcome.Answered answered) {
    return answered.result().length > MOST_BYTES
        && function.function().readOnly()
        && function.input().components().containsKey("limit");
  }

  private Outcome shorter(
      Asked asked, Registered<Call> function, ObjectNode arguments, Outcome.Answered tooLong) {
    int items = Json.MAPPER.readTree(tooLong.result()).path("items").size();
    return items <= 1
        ? tooLong
        : call(asked, function, arguments.deepCopy().put("limit", items / 2));
  }
}
