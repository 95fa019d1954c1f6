package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.delivery.Connection;
import dev.parley.delivery.Topics;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.store.Store;
import dev.parley.wire.Page;
import dev.parley.wire.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** History, and the live stream that joins it without a seam. */
final class Reading {
  private final Store store;
  private final Access access;
  private final Topics topics;

  Reading(Store store, Access access, Topics topics) {
    this.store = store;
    this.access = access;
    this.topics = topics;
  }

  record ListMessages(
      @Text(min = 1, max = 40) String conversation,
      @About("the last ones below this seq") @Range Optional<Long> before,
      @About("the first ones above this seq") @Range Optional<Long> after,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Size(max = 30) Optional<List<String>> fields) {
    static ListMessages before(String conversation, long seq, int limit) {
      return new ListMessages(
          conversation, Optional.of(seq), Optional.empty(), Optional.of(limit), Optional.empty());
    }
  }

  /**
   * @param next the seq to pass on as {@code before} or {@code after}
   * @param total all messages of the conversation
   */
  record Listed(List<Message> items, Optional<Long> next, long total, AsOf asOf) {}

  record ById(@Text(min = 1, max = 40) String id) {}

  record One(Message message) {}

  record Subscribe(
      @Text(min = 1, max = 40) String id,
      @About("the last seq that the client has") @Range Optional<Long> afterSeq,
      @About("the epoch that this seq belongs to") @Text(max = 40) Optional<String> epoch) {}

  /**
   * @param recovered whether the stream goes on right after {@code afterSeq}; if not, reload
   */
  record Subscribed(long seq, String epoch, boolean recovered) {}

  record Unsubscribe(@Text(min = 1, max = 40) String id) {}

  record Nothing() {}

  Listed list(Call call, ListMessages input) {
    if (input.before().isPresent() && input.after().isPresent()) {
      throw new InvalidInput("before", "cannot go with after");
    }
    int limit = Page.limit(input.limit());
    return store.read(handle -> {
      Conversation conversation = Access.readable(handle, call.caller(), input.conversation());
      return input.after().isPresent()
          ? after(handle, conversation, input.after().get(), limit)
          : before(handle, conversation, input.before().orElse(Long.MAX_VALUE), limit);
    });
  }

  One get(Call call, ById input) {
    return store.read(handle -> {
      Message message = Snapshots.one(handle, input.id()).message();
      try {
        Access.readable(handle, call.caller(), message.conversation());
      } catch (Refusal unseen) {
        throw Refusal.notFound("message");
      }
      return new One(message);
    });
  }

  Map<String, Message> some(Call call, String conversation, Collection<String> ids) {
    return store.read(handle -> {
      Access.readable(handle, call.caller(), conversation);
      return ids.isEmpty() ? Map.of() : some(handle, conversation, ids);
    });
  }

  private static Map<String, Message> some(
      Handle handle, String conversation, Collection<String> ids) {
    return handle
        .createQuery(Message.SELECT + " WHERE m.conversation = :conversation AND m.id IN (<ids>)")
        .bind("conversation", conversation)
        .bindList("ids", List.copyOf(ids))
        .map((row, context) -> Message.of(row))
        .stream()
        .collect(Collectors.toMap(Message::id, message -> message));
  }

  private static Listed after(Handle handle, Conversation of, long seq, int limit) {
    List<Message> found =
        bare(handle, of.id(), "m.seq > ? ORDER BY m.seq", seq, of.lastSeq(), limit);
    boolean more = found.size() > limit;
    List<Message> page = more ? found.subList(0, limit) : found;
    return listed(handle, of, page, more ? Optional.of(page.getLast().seq()) : Optional.empty());
  }

  private static Listed before(Handle handle, Conversation of, long seq, int limit) {
    List<Message> found =
        bare(handle, of.id(), "m.seq < ? ORDER BY m.seq DESC", seq, of.lastSeq(), limit);
    boolean more = found.size() > limit;
    List<Message> page = (more ? found.subList(0, limit) : found).reversed();
    return listed(handle, of, page, more ? Optional.of(page.getFirst().seq()) : Optional.empty());
  }

  /** One more than the limit, and nothing beyond the place that the reply says it is of. */
  private static List<Message> bare(
      Handle handle, String id, String which, long seq, long head, int limit) {
    return handle
        .select(
            Message.SELECT + " WHERE m.conversation = ? AND m.seq <= ? AND " + which + " LIMIT ?",
            id,
            head,
            seq,
            limit + 1)
        .map((row, context) -> Message.of(row))
        .list();
  }

  private static Listed listed(
      Handle handle, Conversation of, List<Message> page, Optional<Long> next) {
    return new Listed(Snapshots.withReactions(handle, page), next, of.messages(), of.asOf());
  }

  Subscribed subscribe(Call call, Subscribe input) {
    Caller caller = call.caller();
    Connection connection = call.connection();
    Topics.Joining joining = topics.join(connection, input.id());
    try {
      AsOf head = access.readable(caller, input.id()).asOf();
      boolean replay = input.afterSeq().isPresent();
      boolean recovered = !replay || isKnown(input, head);
      long from = replay && recovered ? input.afterSeq().get() : head.seq();
      call.afterReply(() -> joining.begin(from, replay && recovered));
      return new Subscribed(head.seq(), head.epoch(), recovered);
    } catch (RuntimeException refused) {
      joining.cancel();
      throw refused;
    }
  }

  private static boolean isKnown(Subscribe input, AsOf head) {
    return input.epoch().map(head.epoch()::equals).orElse(true)
        && input.afterSeq().map(seq -> seq <= head.seq()).orElse(true);
  }

  Nothing unsubscribe(Call call, Unsubscribe input) {
    topics.leave(call.connection(), input.id());
    return new Nothing();
  }
}
