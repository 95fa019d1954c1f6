package dev.parley.socket;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Outcome;
import dev.parley.calls.RateLimits;
import dev.parley.delivery.CloseReason;
import dev.parley.delivery.Connection;
import dev.parley.functions.Registered;
import dev.parley.wire.Failure;
import dev.parley.wire.JsonRpc;
import dev.parley.wire.Refusal;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests of one socket. Those that only read run at once, each on its own virtual thread;
 * those that change something run one after another in the order sent. With too many under way the
 * socket is not read until some are answered.
 */
final class Requests {
  private static final int STOP_READING_AT = 128;
  private static final int READ_AGAIN_AT = 32;

  private final SocketHandler.Surroundings surroundings;
  private final Connection connection;
  private final InetAddress client;
  private final Channel channel;
  private final RateLimits.Allowance allowance;
  private final Serially serially;
  private final AtomicInteger underWay = new AtomicInteger();

  Requests(
      SocketHandler.Surroundings surroundings,
      Connection connection,
      InetAddress client,
      Channel channel) {
    this.surroundings = surroundings;
    this.connection = connection;
    this.client = client;
    this.channel = channel;
    this.allowance = surroundings.limits().allowance();
    this.serially = new Serially(surroundings.virtualThreads());
  }

  /** A reply, and what is to be done right after it was written. */
  private record Reply(Optional<byte[]> json, Runnable after) {}

  void received(byte[] utf8) {
    switch (JsonRpc.read(utf8)) {
      case JsonRpc.Frame.Single single -> begin(single.entry()).thenAccept(this::send);
      case JsonRpc.Frame.Batch batch -> beginAll(batch.entries());
    }
  }

  private void beginAll(List<JsonRpc.Entry> entries) {
    List<CompletableFuture<Reply>> all = new ArrayList<>(entries.size());
    entries.forEach(entry -> all.add(begin(entry)));
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenRun(() -> sendAll(all.stream().map(CompletableFuture::join).toList()));
  }

  private void send(Reply reply) {
    reply.json().ifPresent(connection::send);
    reply.after().run();
  }

  private void sendAll(List<Reply> replies) {
    List<byte[]> frames = replies.stream().flatMap(reply -> reply.json().stream()).toList();
    if (!frames.isEmpty()) {
      connection.send(JsonRpc.array(frames));
    }
    replies.forEach(reply -> reply.after().run());
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
    regulateReading(underWay.incrementAndGet());
    Runnable run = () -> reply.complete(answer(asked));
    if (changesSomething(asked.method())) {
      serially.execute(run);
    } else {
      surroundings.virtualThreads().execute(run);
    }
    return reply;
  }

  private boolean changesSomething(String method) {
    Optional<Registered<Call>> function = surroundings.dispatcher().registry().find(method);
    return function.isPresent() && !function.get().function().readOnly();
  }

  private Reply answer(JsonRpc.Entry.Call asked) {
    try {
      return run(asked);
    } finally {
      regulateReading(underWay.decrementAndGet());
    }
  }

  private Reply run(JsonRpc.Entry.Call asked) {
    String requestId = surroundings.ids().next();
    Call call = call(requestId, Optional.empty());
    Outcome outcome;
    try {
      allowance.take();
      call = call(requestId, caller());
      outcome = surroundings.dispatcher().dispatch(call, asked.method(), asked.params());
    } catch (Refusal refusal) {
      outcome = Dispatcher.refused(call, refusal);
    }
    if (asked.id().isEmpty()) {
      return new Reply(Optional.empty(), call::replied);
    }
    byte[] json =
        switch (outcome) {
          case Outcome.Answered answered -> JsonRpc.result(asked.id().get(), answered.result());
          case Outcome.Refused refused -> JsonRpc.error(asked.id().get(), refused.failure());
          case Outcome.Repeated repeated ->
              throw new IllegalStateException("sockets bear no idempotency keys");
        };
    return new Reply(Optional.of(json), call::replied);
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
    } catch (Refusal ended) {
      connection.close(CloseReason.SESSION_ENDED);
      throw ended;
    }
  }

  /**
   * Looks at the count anew on the event loop, so that the last word is that of the newest count.
   */
  private void regulateReading(int now) {
    if (now == STOP_READING_AT || now == READ_AGAIN_AT) {
      connection.onLoop(() -> {
        int newest = underWay.get();
        if (newest >= STOP_READING_AT) {
          channel.config().setAutoRead(false);
        } else if (newest <= READ_AGAIN_AT) {
          channel.config().setAutoRead(true);
        }
      });
    }
  }
}
