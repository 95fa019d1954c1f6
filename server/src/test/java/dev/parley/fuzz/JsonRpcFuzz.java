package dev.parley.fuzz;

import dev.parley.functions.Json;
import dev.parley.wire.Failure;
import dev.parley.wire.JsonRpc;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Whatever a frame holds, it is understood or refused, and either way it can be answered. */
public final class JsonRpcFuzz {
  private static final byte[] NOTHING = {'{', '}'};

  private JsonRpcFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    switch (JsonRpc.read(input)) {
      case JsonRpc.Frame.Single single -> answer(single.entry());
      case JsonRpc.Frame.Batch batch -> {
        Claim.that(batch.entries().size() <= JsonRpc.MAX_BATCH, "a batch has its limit");
        List<byte[]> answers = batch.entries().stream().map(JsonRpcFuzz::answer).toList();
        Claim.that(
            Json.MAPPER.readTree(JsonRpc.array(answers)).size() == answers.size(),
            "every entry of a batch has its answer");
      }
    }
  }

  private static byte[] answer(JsonRpc.Entry entry) {
    return switch (entry) {
      case JsonRpc.Entry.Call call -> answer(call);
      case JsonRpc.Entry.Malformed malformed -> {
        Failure failure =
            new Failure(
                malformed.refusal().code(), malformed.refusal().getMessage(), Map.of(), "r");
        yield checked(malformed.id(), "error", JsonRpc.error(malformed.id(), failure));
      }
    };
  }

  private static byte[] answer(JsonRpc.Entry.Call call) {
    Claim.that(call.method().length() <= 128, "a method has its limit");
    Claim.that(call.params().isContainer(), "params are an object or an array");
    return call.id().map(id -> checked(id, "result", JsonRpc.result(id, NOTHING))).orElse(NOTHING);
  }

  private static byte[] checked(JsonNode id, String word, byte[] answer) {
    JsonNode read = Json.MAPPER.readTree(answer);
    Claim.that(read.has(word), "an answer bears " + word);
    Claim.that(read.path("id").equals(id), "an answer bears the id of its request");
    return answer;
  }
}
