package dev.parley.bench;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Sends the posts of one connection: the request is built once, then only the id and the stamp in
 * it change. Belongs to the connection's event loop.
 */
final class Outbox {
  private static final int ID_DIGITS = 10;

  private final Connection connection;
  private final byte[] request;
  private final int idAt;
  private final int stampAt;

  Outbox(Connection connection, String room, int size) {
    this.connection = connection;
    String text = connection.manner().wrap(blank(room, Stamp.blank(size)));
    request = text.getBytes(StandardCharsets.UTF_8);
    idAt = text.indexOf(String.valueOf(MessageScan.FIRST_POST_ID));
    stampAt = text.indexOf(Stamp.MARK) + Stamp.MARK.length();
  }

  private static String blank(String room, String content) {
    String params = Calls.JSON.writeValueAsString(Map.of("conversation", room, "content", content));
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"messages.post\",\"params\":%s}"
        .formatted(MessageScan.FIRST_POST_ID, params);
  }

  /** Queues a post until the connection is flushed. */
  void post(long number, long intended) {
    Digits.write(request, idAt, ID_DIGITS, MessageScan.FIRST_POST_ID + number);
    Stamp.write(request, stampAt, intended, number);
    connection.send(ClientFrame.TEXT, request);
    Lane lane = connection.lane();
    lane.tally().sent.increment();
    lane.latencies().sent(intended, lane.clock().now());
  }

  void flush() {
    connection.flush();
  }

  Lane lane() {
    return connection.lane();
  }
}
