package dev.parley.delivery;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one frame bears: JSON in UTF-8, compressed at most once. Safe for all threads, and shared by
 * all who are sent it.
 */
final class Payload {
  private final byte[] json;
  private byte @Nullable [] deflated;

  Payload(byte[] json) {
    this.json = json;
  }

  /** Several as one JSON array. */
  static Payload array(List<Payload> values) {
    int bytes = values.stream().mapToInt(value -> value.json.length + 1).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes + 1);
    char before = '[';
    for (Payload value : values) {
      out.write(before);
      out.writeBytes(value.json);
      before = ',';
    }
    out.write(']');
    return new Payload(out.toByteArray());
  }

  byte[] json() {
    return json;
  }

  /** Bytes of the JSON. */
  int length() {
    return json.length;
  }

  synchronized byte[] deflated(Deflation deflation) {
    if (deflated == null) {
      deflated = deflation.deflate(json);
    }
    return deflated;
  }
}
