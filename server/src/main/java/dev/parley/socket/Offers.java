package dev.parley.socket;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a client offers of permessage-deflate (RFC 7692, section 7.1), and what is answered. Neither
 * side keeps its window from one message to the next: only so is a compressed frame the same for
 * everybody. Whoever wants a smaller window of ours cannot be sent it, so that offer is declined.
 */
final class Offers {
  private static final String NAME = "permessage-deflate";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final String ANSWER =
      NAME + "; server_no_context_takeover; client_no_context_takeover";

  private Offers() {}

  /**
   * The answer to the first offer that can be taken; empty if there is none.
   *
   * @param headers values of {@code Sec-WebSocket-Extensions}
   */
  static Optional<String> answer(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(offer -> offer.toLowerCase(Locale.ROOT).split(";"))
        .filter(parts -> parts.length > 0 && parts[0].strip().equals(NAME))
        .map(parts -> Arrays.stream(parts).skip(1).map(String::strip).toList())
        .filter(Offers::canBeTaken)
        .findFirst()
        .map(Offers::answerTo);
  }

  private static boolean canBeTaken(List<String> parameters) {
    Set<String> named = new HashSet<>();
    return parameters.stream()
        .allMatch(one -> named.add(one.split("=", 2)[0].strip()) && isAcceptable(one));
  }

  private static boolean isAcceptable(String parameter) {
    String[] parts = parameter.split("=", 2);
    String value = parts.length == 1 ? "" : parts[1].strip().replaceFirst("^\"(.*)\"$", "$1");
    return switch (parts[0].strip()) {
      case "server_no_context_takeover", "client_no_context_takeover" -> parts.length == 1;
      case "client_max_window_bits" -> parts.length == 1 || value.matches("[89]|1[0-5]");
      case SERVER_WINDOW -> value.equals("15");
      default -> false;
    };
  }

  private static String answerTo(List<String> parameters) {
    boolean namesWindow = parameters.stream().anyMatch(one -> one.startsWith(SERVER_WINDOW));
    return namesWindow ? ANSWER + "; " + SERVER_WINDOW + "=15" : ANSWER;
  }
}
