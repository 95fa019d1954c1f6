package dev.parley.socket;

import dev.parley.calls.Admission;
import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Outcome;
import dev.parley.calls.RateLimits;
import dev.parley.delivery.CloseReason;
import dev.parley.delivery.Connection;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Failure;
import dev.parley.wire.Ids;
import dev.parley.wire.JsonRpc;
import dev.parley.wire.Refusal;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The requests of one socket. Those that only read run beside each other, each on its own virtual
 * thread; those that change something begin one after another in the order sent. With too many
 * under way, or too many answers not taken, the socket is not read until that is over.
 */
final class Requests implements Dialect {
  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
  private static final int STOP_READING_AT = 128;
  private static final int READ_AGAIN_AT = 32;

  /** A large frame counts like many small ones. */
  private static final int BYTES_FOR_ONE = 8 * 1024;

  private final Surroundings surroundings;
  private final Answering answering;
  private final Connection connection;
  private final InetAddress client;
  private final Channel channel;
  private final RateLimits.Allowance allowance;
  private final Serially serially;
  private final Freely freely;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean full;

  /** What the requests of all sockets share. */
  record Surroundings(Admission admission, RateLimits limits, Executor virtualThreads, Ids ids) {}

  Requests(
      Surroundings surroundings,
      Answering answering,
      Connection connection,
      InetAddress client,
      Channel channel) {
    this.surroundings = surroundings;
    this.answering = answering;
    this.connection = connection;
    this.client = client;
    this.channel = channel;
    this.allowance = surroundings.limits().allowance();
    this.serially = new Serially(surroundings.virtualThreads());
    this.freely = new Freely(surroundings.virtualThreads(), channel);
  }

  /** A reply, and what is to be done right after it was written. */
  private record Reply(Optional<byte[]> json, Runnable after) {}

  @Override
  public void text(byte[] utf8) {
    connection.asked();
    JsonRpc.Frame frame = JsonRpc.read(utf8);
    int weight = weight(utf8, frame);
    underWay.addAndGet(weight);
    regulate();
    answered(frame)
        .thenAccept(reply -> {
          connection.answer(reply.json());
          reply.after().run();
          done(weight);
        });
  }

  @Override
  public void binary(byte[] bytes) {
    connection.close(1003, "text frames only");
  }

  private static int weight(byte[] utf8, JsonRpc.Frame frame) {
    int entries = frame instanceof JsonRpc.Frame.Batch batch ? batch.entries().size() : 1;
    return entries + utf8.length / BYTES_FOR_ONE;
  }

  private CompletableFuture<Reply> answered(JsonRpc.Frame frame) {
    return switch (frame) {
      case JsonRpc.Frame.Single single -> begin(single.entry());
      case JsonRpc.Frame.Batch batch -> beginAll(batch.entries());
    };
  }

  private CompletableFuture<Reply> beginAll(List<JsonRpc.Entry> entries) {
    List<CompletableFuture<Reply>> all = entries.stream().map(this::begin).toList();
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(done -> together(all.stream().map(CompletableFuture::join).toList()));
  }

  private static Reply together(List<Reply> replies) {
    List<byte[]> frames = replies.stream().flatMap(reply -> reply.json().stream()).toList();
    return new Reply(
        frames.isEmpty() ? Optional.empty() : Optional.of(JsonRpc.array(frames)),
        () -> replies.forEach(reply -> reply.after().run()));
  }

  private CompletableFuture<Reply> begin(JsonRpc.Entry entry) {
    return switch (entry) {
      case JsonRpc.Entry.Malformed malformed ->
          CompletableFuture.completedFuture(refused(malformed));
      case JsonRpc.Entry.Call call -> begin(call);
    };
  }

  private Reply refused(JsonRpc.Entry.Malformed malformed) {
    Refusal refusal = malformed.refusal();
    Failure failure =
        new Failure(refusal.code(), refusal.getMessage(), Map.of(), surroundings.ids().next());
    return new Reply(Optional.of(JsonRpc.error(malformed.id(), failure)), () -> {});
  }

  private CompletableFuture<Reply> begin(JsonRpc.Entry.Call asked) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    Runnable run = () -> run(asked, reply::complete);
    if (answering.changesSomething(asked.method())) {
      serially.execute(run);
    } else {
      freely.execute(run);
    }
    return reply;
  }

  private void run(JsonRpc.Entry.Call asked, Consumer<Reply> then) {
    Call nobodys = call(surroundings.ids().next(), Optional.empty());
    try {
      allowance.take();
      Call call = call(nobodys.id(), caller());
      answering.answer(call, asked, outcome -> then.accept(reply(asked, call, outcome)));
    } catch (Refusal refusal) {
      then.accept(reply(asked, nobodys, Dispatcher.refused(nobodys, refusal)));
    } catch (RuntimeException bug) {
      LOG.atError().addKeyValue("requestId", nobodys.id()).setCause(bug).log("a request failed");
      then.accept(reply(asked, nobodys, Dispatcher.refused(nobodys, internal())));
    }
  }

  private static Reply reply(JsonRpc.Entry.Call asked, Call call, Outcome outcome) {
    return new Reply(asked.id().map(id -> json(id, outcome)), call::replied);
  }

  private static Refusal internal() {
    return new Refusal(ErrorCode.INTERNAL_ERROR, "Something went wrong here", Map.of());
  }

  private static byte[] json(JsonNode id, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> JsonRpc.result(id, answered.result());
      case Outcome.Refused refused -> JsonRpc.error(id, refused.failure());
      case Outcome.Repeated repeated ->
          throw new IllegalStateException("sockets bear no idempotency keys");
    };
  }

  private Call call(String requestId, Optional<Caller> caller) {
    return new Call(requestId, caller, Optional.of(connection), client, Optional.empty());
  }

  private Optional<Caller> caller() {
    Optional<Connection.SignedIn> signedIn = connection.signedIn();
    if (signedIn.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(surroundings.admission().current(signedIn.get()));
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.UNAUTHENTICATED) {
        connection.close(CloseReason.SESSION_ENDED);
      }
      throw refusal;
    }
  }

  private void done(int weight) {
    if (underWay.addAndGet(-weight) <= READ_AGAIN_AT && full) {
      connection.onLoop(this::regulate);
    }
  }

  @Override
  public void regulate() {
    if (underWay.get() >= STOP_READING_AT) {
      full = true;
    }
    if (underWay.get() <= READ_AGAIN_AT) {
      full = false;
    }
    boolean writable = channel.isWritable();
    channel.config().setAutoRead(connection.isClosing() || (!full && writable));
    if (writable) {
      freely.goOn();
    }
  }

  @Override
  public boolean isFull() {
    return full;
  }

  @Override
  public void look(Instant now) {
    answering.look(now);
  }
}
