package dev.parley.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A few entries that follow each other in a log, ready to be sent: encoded at most once in each
 * form, and written to a socket as one buffer. Confined to an event loop.
 *
 * <p>Stretches end where {@code seq} is a multiple of their greatest length. Readers that lag by
 * different distances so get into step, and share what is encoded from there on.
 */
final class Stretch {
  private static final int MOST_ENTRIES = 16;
  private static final int MOST_BYTES = 64 * 1024;

  private final List<Published> entries;
  private final Map<Form, ByteBuf> encoded = new HashMap<>(2);

  private Stretch(List<Published> entries) {
    this.entries = entries;
  }

  /** The one that begins at an index of a row of entries without gaps. */
  static Stretch of(List<Published> row, int from) {
    int to = from;
    int bytes = 0;
    do {
      bytes += row.get(to).payload().length();
      to++;
    } while (to < row.size() && bytes < MOST_BYTES && !ends(row.get(to - 1)));
    return new Stretch(List.copyOf(row.subList(from, to)));
  }

  private static boolean ends(Published entry) {
    return entry.seq() % MOST_ENTRIES == 0;
  }

  /** Whether it stays as it is when more entries follow. */
  boolean isWhole() {
    return ends(entries.getLast());
  }

  long last() {
    return entries.getLast().seq();
  }

  int count() {
    return entries.size();
  }

  /** Its events, each as JSON. */
  Stream<byte[]> events() {
    return entries.stream().map(entry -> entry.payload().json());
  }

  /** Its frames; the caller owns a reference. */
  ByteBuf in(Form form, ByteBufAllocator allocator) {
    return encoded.computeIfAbsent(form, one -> encode(one, allocator)).retainedDuplicate();
  }

  private ByteBuf encode(Form form, ByteBufAllocator allocator) {
    List<Payload> payloads = entries.stream().map(Published::payload).toList();
    boolean together = form.arrays() && payloads.size() > 1;
    return Frame.text(allocator, together ? List.of(Payload.array(payloads)) : payloads, form);
  }

  /** Gives back what was encoded, except for what is being written. */
  void release() {
    encoded.values().forEach(ByteBuf::release);
    encoded.clear();
  }
}
