package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.delivery.Topics;
import dev.parley.functions.Range;
import dev.parley.functions.Text;
import dev.parley.store.Store;

/** How far somebody has read. A mark only moves on. */
final class ReadMarks {
  private final Store store;
  private final Access access;
  private final Topics topics;
  private final Unread unread;

  ReadMarks(Store store, Access access, Topics topics, Unread unread) {
    this.store = store;
    this.access = access;
    this.topics = topics;
    this.unread = unread;
  }

  record Mark(@Text(min = 1, max = 40) String conversation, @Range long seq) {}

  record Marked(long readSeq, long unread, long mentions) {}

  Marked mark(Call call, Mark input) {
    Caller caller = call.caller();
    Conversation before = access.joined(caller, input.conversation());
    long seq = Math.min(input.seq(), before.lastSeq());
    if (seq > before.readSeq().orElse(0L)) {
      store.commit(
          call.change()
              .write(
                  """
                  UPDATE members SET read_seq = ?, read_messages =
                    (SELECT messages FROM log WHERE conversation = ? AND seq = ?)
                  WHERE conversation = ? AND actor = ? AND read_seq < ?\
                  """,
                  seq,
                  before.id(),
                  seq,
                  before.id(),
                  caller.id(),
                  seq));
      topics.whisper(before.id(), "read", caller.id(), new Told.Read(caller.id(), seq));
      unread.changed(before.id());
    }
    Conversation after = access.joined(caller, input.conversation());
    return new Marked(
        after.readSeq().orElse(0L), after.unread().orElse(0L), after.mentions().orElse(0L));
  }
}
