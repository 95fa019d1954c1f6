package dev.parley.delivery;

import dev.parley.store.Log;
import dev.parley.store.Logged;
import dev.parley.wire.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live readers of one conversation. Each entry is encoded once and handed over once to each
 * event loop, which writes it to its own sockets.
 */
final class Topic {
  private static final Logger LOG = LoggerFactory.getLogger(Topic.class);
  private static final int MOST_FILLED = 1_000;

  private final String conversation;
  private final Log log;
  private final Map<EventLoop, Set<Subscription>> readers = new ConcurrentHashMap<>(4);
  private long published;

  Topic(String conversation, Log log) {
    this.conversation = conversation;
    this.log = log;
  }

  /** Lets a reader hear of what is published from now on. */
  void add(Subscription reader) {
    EventLoop loop = reader.connection().loop();
    Set<Subscription> here = readers.computeIfAbsent(loop, fresh -> new LinkedHashSet<>());
    reader
        .connection()
        .onLoop(() -> {
          if (!reader.hasEnded()) {
            here.add(reader);
          }
        });
  }

  void remove(Subscription reader) {
    reader
        .connection()
        .onLoop(() -> {
          reader.end();
          Set<Subscription> here = readers.get(reader.connection().loop());
          if (here != null) {
            here.remove(reader);
          }
        });
  }

  /**
   * Publishes an entry, strictly by seq. With several writers entries may arrive here out of order:
   * what is missing below one is committed already, so it is read from the log.
   */
  synchronized void publish(Logged entry) {
    if (published > 0 && entry.seq() > published + 1) {
      fillHole(entry.seq());
    }
    if (entry.seq() > published) {
      handOver(entry);
    }
  }

  /** If it cannot be filled here, each reader does so for itself. */
  private void fillHole(long below) {
    int missing = (int) Math.min(below - published - 1, MOST_FILLED);
    try {
      log.page(conversation, published, missing).forEach(this::handOver);
    } catch (Refusal databaseAway) {
      LOG.warn("a hole in {} is left to its readers", conversation);
    }
  }

  /** Lets every reader see for itself whether the log has more. */
  void lookAgain() {
    readers.forEach((loop, here) -> loop.execute(() -> here.forEach(Subscription::lookAgain)));
  }

  private void handOver(Logged entry) {
    published = Math.max(published, entry.seq());
    ByteBuf frame = Frame.text(ByteBufAllocator.DEFAULT, Event.logged(entry));
    readers.forEach((loop, here) -> handOver(entry.seq(), frame.retain(), loop, here));
    frame.release();
  }

  private static void handOver(long seq, ByteBuf frame, EventLoop loop, Set<Subscription> here) {
    loop.execute(() -> {
      here.forEach(reader -> reader.published(seq, frame));
      frame.release();
    });
  }

  /** Tells all readers something that may be lost. */
  void whisper(byte[] json) {
    readers.forEach((loop, here) ->
        loop.execute(() -> here.forEach(reader -> reader.connection().offer(json))));
  }

  /** Hands the readers whose accounts the test picks to whoever drops them. */
  void evict(Predicate<String> account, Consumer<Subscription> drop) {
    readers.forEach((loop, here) ->
        loop.execute(() ->
            here.stream()
                .filter(reader -> isOf(reader.connection(), account))
                .toList()
                .forEach(drop)));
  }

  private static boolean isOf(Connection connection, Predicate<String> account) {
    return connection.signedIn().map(in -> account.test(in.account())).orElse(true);
  }
}
