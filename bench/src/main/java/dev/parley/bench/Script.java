package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What rivals answer and broadcast: byte for byte what Parley does, with gaps for what changes from
 * post to post. They need not make JSON, store, or ask who may.
 *
 * @param reply to a post, with {@code #id}, {@code #seq} and {@code #content} in it
 * @param event the same without {@code #id}
 */
record Script(String reply, String event) {
  private static final Pattern SEQ = Pattern.compile("\"seq\":\\d+");
  private static final Pattern CONTENT = Pattern.compile("\"content\":\"[^\"]*\"");

  /**
   * Written after what Parley answered to a post.
   *
   * @param result of {@code messages.post}
   */
  static Script after(JsonNode result) {
    String message = result.path("message").toString();
    String reply = "{\"jsonrpc\":\"2.0\",\"id\":#id,\"result\":%s}".formatted(result);
    String event =
        "{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":{\"type\":\"message.posted\","
            + "\"conversation\":%s,\"seq\":0,\"at\":%s,\"data\":{\"message\":%s}}}"
                .formatted(result.at("/message/conversation"), result.at("/message/at"), message);
    return new Script(withGaps(reply), withGaps(event));
  }

  private static String withGaps(String text) {
    String numbered = SEQ.matcher(text).replaceAll("\"seq\":#seq");
    return CONTENT.matcher(numbered).replaceAll("\"content\":\"#content\"");
  }

  /** The file that rivals read. */
  Path write(Path folder) {
    try {
      Map<String, List<String>> both = Map.of("reply", pieces(reply), "event", pieces(event));
      return Files.write(folder.resolve("script.json"), Calls.JSON.writeValueAsBytes(both));
    } catch (IOException e) {
      throw new LoadFailure("no place for a file: " + e.getMessage());
    }
  }

  /** Text and gaps in turn, beginning with text. */
  private static List<String> pieces(String text) {
    return List.of(Pattern.compile("#(id|seq|content)").splitWithDelimiters(text, 0));
  }
}
