package dev.parley.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Marks answers with a hash of their content, so that an unchanged one need not be sent again. */
final class Etags {
  private Etags() {}

  /** The answer, or 304 if the client has it already. */
  static Answer conditional(HttpRequest request, Answer answer) {
    if (answer.status() != 200) {
      return answer;
    }
    String tag = "W/\"" + hash(answer.body()) + "\"";
    String known = request.headers().get(HttpHeaderNames.IF_NONE_MATCH, "");
    boolean unchanged =
        Stream.of(known.split(",")).map(String::strip).anyMatch(one -> same(one, tag));
    Answer marked = answer.with("ETag", tag);
    return unchanged ? new Answer(304, "", new byte[0], marked.headers()) : marked;
  }

  /** The weak comparison of RFC 9110, section 8.8.3.2. */
  private static boolean same(String known, String tag) {
    return known.equals("*") || known.equals(tag) || ("W/" + known).equals(tag);
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 12);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
