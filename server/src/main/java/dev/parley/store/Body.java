package dev.parley.store;

import dev.parley.functions.Json;

/**
 * The data of an event as JSON, written once by the function that made it. Where the data bears the
 * seq of its own entry, which only the store gives, it is cut in two there.
 */
public final class Body {
  private static final String OWN_SEQ = "\"seq\":0";

  private final String head;
  private final String tail;
  private final boolean bearsOwnSeq;

  private Body(String head, String tail, boolean bearsOwnSeq) {
    this.head = head;
    this.tail = tail;
    this.bearsOwnSeq = bearsOwnSeq;
  }

  /** Data that does not speak of its own seq. */
  public static Body of(Object data) {
    return new Body(Json.MAPPER.writeValueAsString(data), "", false);
  }

  /**
   * Data with a component {@code seq} that is 0, which no entry ever has, and stands for the
   * entry's own. Quotes inside of texts are escaped, so the first match is the component.
   */
  public static Body withOwnSeq(Object data) {
    String json = Json.MAPPER.writeValueAsString(data);
    int at = json.indexOf(OWN_SEQ);
    if (at < 0) {
      throw new IllegalArgumentException("no component seq of 0 in " + data.getClass());
    }
    int cut = at + OWN_SEQ.length() - 1;
    return new Body(json.substring(0, cut), json.substring(cut + 1), true);
  }

  String at(long seq) {
    return bearsOwnSeq ? head + seq + tail : head;
  }
}
