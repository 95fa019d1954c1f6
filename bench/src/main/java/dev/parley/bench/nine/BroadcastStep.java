package dev.parley.bench.nine;

import com.sun.management.ThreadMXBean;
import dev.parley.bench.Stamp;
import dev.parley.functions.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Broadcast: an event is encoded once for all who receive it. */
final class BroadcastStep implements Step {
  private static final String ITEM = "6 encode-once broadcast";
  private static final int RECEIVERS = 500;
  private static final Map<String, Object> EVENT =
      Map.of(
          "jsonrpc", "2.0",
          "method", "event",
          "params",
              Map.of(
                  "type",
                  "message.posted",
                  "conversation",
                  "01KANBQ2X6M3V8T5R9W4Y7Z1CE",
                  "seq",
                  17,
                  "data",
                  Map.of("message", Map.of("content", Stamp.blank(200)))));
  private static final String HOW =
      "encoded for each; once, each taking a share of the same bytes; in process, without sockets";

  @Override
  public List<Row> rows() {
    IntUnaryOperator each = _ -> forEach();
    IntUnaryOperator once = _ -> once();
    return List.of(
        new Row(
            ITEM,
            "one event for %d receivers, µs".formatted(RECEIVERS),
            whole(Timed.micros(each)),
            whole(Timed.micros(once)),
            HOW),
        new Row(
            ITEM,
            "the same, bytes allocated",
            whole(allocated(each)),
            whole(allocated(once)),
            HOW));
  }

  private static int forEach() {
    int sum = 0;
    for (int i = 0; i < RECEIVERS; i++) {
      sum += hand(Unpooled.wrappedBuffer(Json.MAPPER.writeValueAsBytes(EVENT)));
    }
    return sum;
  }

  private static int once() {
    ByteBuf shared = Unpooled.wrappedBuffer(Json.MAPPER.writeValueAsBytes(EVENT));
    int sum = 0;
    for (int i = 0; i < RECEIVERS; i++) {
      sum += hand(shared.retainedDuplicate());
    }
    shared.release();
    return sum;
  }

  private static int hand(ByteBuf frame) {
    int length = frame.readableBytes();
    frame.release();
    return length;
  }

  private static double allocated(IntUnaryOperator broadcast) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int times = 100;
    int sum = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      sum += broadcast.applyAsInt(i);
    }
    long after = threads.getCurrentThreadAllocatedBytes();
    return sum == 0 ? Double.NaN : (after - before) / (double) times;
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }
}
