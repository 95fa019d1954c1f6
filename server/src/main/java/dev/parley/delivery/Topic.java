package dev.parley.delivery;

import dev.parley.store.Log;
import dev.parley.store.Logged;
import dev.parley.wire.Refusal;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live readers of one conversation. Each entry is encoded once and handed over to each event
 * loop, where the audience takes it to its own sockets.
 */
final class Topic {
  private static final Logger LOG = LoggerFactory.getLogger(Topic.class);
  private static final int MOST_FILLED = 1_000;

  private final String conversation;
  private final Log log;
  private final Allowance allowance;
  private final Map<EventLoop, Audience> audiences = new ConcurrentHashMap<>(4);
  private long published;

  Topic(String conversation, Log log, Allowance allowance) {
    this.conversation = conversation;
    this.log = log;
    this.allowance = allowance;
  }

  /** The readers among whom a socket takes its place. */
  Audience audience(Connection connection) {
    return audiences.computeIfAbsent(connection.loop(), loop -> new Audience(loop, allowance));
  }

  /** Lets a reader hear of what is published from now on. */
  void add(Subscription reader) {
    reader
        .connection()
        .onLoop(() -> {
          if (!reader.hasEnded()) {
            reader.audience().add(reader);
          }
        });
  }

  void remove(Subscription reader) {
    reader
        .connection()
        .onLoop(() -> {
          reader.end();
          reader.audience().remove(reader);
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

  private void handOver(Logged entry) {
    published = Math.max(published, entry.seq());
    Published encoded = Published.of(entry);
    audiences.values().forEach(audience -> audience.hand(encoded));
  }

  /** Lets every reader see for itself whether the log has more. */
  void lookAgain() {
    audiences.values().forEach(Audience::lookAgain);
  }

  /** Hands out nothing more of what was published, except from the log. */
  void forget() {
    audiences.values().forEach(Audience::forget);
  }

  /** Tells all readers something that may be lost. */
  void whisper(Object subject, Payload payload) {
    audiences.values().forEach(audience -> audience.whisper(subject, payload));
  }

  /** Hands the readers whose accounts the test picks to whoever drops them. */
  void evict(Predicate<String> account, Consumer<Subscription> drop) {
    audiences
        .values()
        .forEach(audience -> audience.evict(connection -> isOf(connection, account), drop));
  }

  private static boolean isOf(Connection connection, Predicate<String> account) {
    return connection.signedIn().map(in -> account.test(in.account())).orElse(true);
  }
}
