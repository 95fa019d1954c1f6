package dev.parley.store;

import dev.parley.functions.Json;
import java.util.List;

/**
 * The data of an event as JSON, written once by the function that made it. Where the data bears
 * what only the store gives to its entry, it is cut in pieces there.
 */
public final class Body {
  private static final String SEQ = "\"seq\":0";
  private static final String LAST_SEQ = "\"lastSeq\":0";
  private static final String MESSAGES = "\"messages\":0";

  private final String head;
  private final String middle;
  private final String tail;
  private final Form form;

  private enum Form {
    PLAIN,
    SEQ,
    SEQ_AND_MESSAGES
  }

  private Body(String head, String middle, String tail, Form form) {
    this.head = head;
    this.middle = middle;
    this.tail = tail;
    this.form = form;
  }

  /** Data that does not speak of its own place. */
  public static Body of(Object data) {
    return new Body(Json.MAPPER.writeValueAsString(data), "", "", Form.PLAIN);
  }

  /**
   * Data with a component {@code seq} that is 0, which no entry ever has, and stands for the
   * entry's own. Quotes inside of texts are escaped, so the first match is the component.
   */
  public static Body withOwnSeq(Object data) {
    String json = Json.MAPPER.writeValueAsString(data);
    int cut = cut(json, SEQ, 0);
    return new Body(json.substring(0, cut), json.substring(cut + 1), "", Form.SEQ);
  }

  /**
   * Data with components {@code lastSeq} and, after it, {@code messages} that are 0 and stand for
   * the entry's own seq and the message count at it.
   */
  public static Body withOwnPlace(Object data) {
    String json = Json.MAPPER.writeValueAsString(data);
    int cut = cut(json, LAST_SEQ, 0);
    int other = cut(json, MESSAGES, cut);
    return new Body(
        json.substring(0, cut),
        json.substring(cut + 1, other),
        json.substring(other + 1),
        Form.SEQ_AND_MESSAGES);
  }

  private static int cut(String json, String component, int from) {
    int at = json.indexOf(component, from);
    if (at < 0) {
      throw new IllegalArgumentException("there is no component " + component);
    }
    return at + component.length() - 1;
  }

  /** The texts between which the seq and, after it, the message count belong. */
  List<String> pieces() {
    return switch (form) {
      case PLAIN -> List.of(head);
      case SEQ -> List.of(head, middle);
      case SEQ_AND_MESSAGES -> List.of(head, middle, tail);
    };
  }

  String at(long seq, long messages) {
    return switch (form) {
      case PLAIN -> head;
      case SEQ -> head + seq + middle;
      case SEQ_AND_MESSAGES -> head + seq + middle + messages + tail;
    };
  }
}
