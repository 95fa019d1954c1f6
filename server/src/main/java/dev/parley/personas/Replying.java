package dev.parley.personas;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Outcome;
import dev.parley.calls.Permission;
import dev.parley.calls.Role;
import dev.parley.conversations.Message;
import dev.parley.delivery.Topics;
import dev.parley.functions.Json;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Ids;
import dev.parley.wire.Refusal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets personas answer when they are mentioned, or in a direct conversation. An answer bears the id
 * of what it answers as its client id, so it comes exactly once: after a crash, what was asked
 * lately and has no such answer is answered then.
 */
final class Replying {
  private static final Logger LOG = LoggerFactory.getLogger(Replying.class);
  private static final Duration OWED = Duration.ofHours(1);
  private static final String UNANSWERED =
      """
      FROM messages m JOIN actors n ON n.id = m.sender AND n.kind = 'account'
      WHERE m.at > :since AND m.deleted_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM messages r WHERE r.conversation = m.conversation
          AND r.sender = :persona AND r.client_id = 're:' || m.id)
      """;

  private final Store store;
  private final Dispatcher dispatcher;
  private final Topics topics;
  private final Map<String, Brain> brains;
  private final Executor virtualThreads;
  private final Semaphore workers;
  private final Ids ids;
  private final InstantSource clock;
  private final Cache<String, List<Persona>> directs =
      Caffeine.newBuilder().maximumSize(10_000).build();
  private final Cache<String, Optional<Persona>> mentioned =
      Caffeine.newBuilder().maximumSize(10_000).build();

  /** A persona with what answers for it. */
  private record Persona(Actor actor, String brain) {}

  Replying(
      Store store,
      Dispatcher dispatcher,
      Topics topics,
      Map<String, Brain> brains,
      Executor virtualThreads,
      int workers,
      Ids ids,
      InstantSource clock) {
    this.store = store;
    this.dispatcher = dispatcher;
    this.topics = topics;
    this.brains = brains;
    this.virtualThreads = virtualThreads;
    this.workers = new Semaphore(workers);
    this.ids = ids;
    this.clock = clock;
  }

  /** A message was posted. Personas answer people, not each other. */
  void posted(Message message) {
    if (message.sender().kind() == Actor.Kind.ACCOUNT) {
      virtualThreads.execute(() -> addressed(message).forEach(persona -> answer(persona, message)));
    }
  }

  /** A persona was changed: what is known of it is read again. */
  void forget() {
    directs.invalidateAll();
    mentioned.invalidateAll();
  }

  private List<Persona> addressed(Message message) {
    List<Persona> direct = directs.get(message.conversation(), this::inDirect);
    return direct.isEmpty()
        ? message.mentions().stream()
            .map(id -> mentioned.get(id, this::find))
            .flatMap(Optional::stream)
            .toList()
        : direct;
  }

  private static final String PERSONA =
      """
      SELECT n.id, n.name, n.display_name, p.brain FROM personas p JOIN actors n ON n.id = p.id
      """;

  private List<Persona> inDirect(String conversation) {
    return personas(
        PERSONA
            + """
            JOIN members m ON m.actor = p.id
            JOIN conversations c ON c.id = m.conversation AND c.kind = 'direct'
            WHERE m.conversation = ?\
            """,
        conversation);
  }

  private Optional<Persona> find(String id) {
    return personas(PERSONA + "WHERE p.id = ?", id).stream().findFirst();
  }

  private List<Persona> personas(String sql, Object... parameters) {
    return store.read(handle ->
        handle
            .select(sql, parameters)
            .map((row, context) ->
                new Persona(
                    new Actor(
                        Actor.Kind.PERSONA,
                        row.getString(1),
                        row.getString(2),
                        Optional.ofNullable(row.getString(3))),
                    row.getString(4)))
            .list());
  }

  /** The data of {@code persona.thinking}. */
  private record Thinking(Actor persona) {}

  private void answer(Persona persona, Message message) {
    workers.acquireUninterruptibly();
    try {
      Thinking thinking = new Thinking(persona.actor());
      topics.whisper(message.conversation(), "persona.thinking", persona.actor().id(), thinking);
      Brain brain = brains.get(persona.brain());
      if (brain == null) {
        LOG.warn("persona {} has an unknown brain {}", persona.actor().name(), persona.brain());
        return;
      }
      Brain.Hands hands = (function, params) -> call(persona, message, function, params);
      String reply = brain.reply(new Brain.Prompt(persona.actor(), message, hands));
      hands.call("messages.post", post(message, reply));
    } catch (Refusal refusal) {
      LOG.info("{} could not answer: {}", persona.actor().name(), refusal.getMessage());
    } catch (RuntimeException bug) {
      LOG.error("{} failed to answer {}", persona.actor().name(), message.id(), bug);
    } finally {
      workers.release();
    }
  }

  private static ObjectNode post(Message message, String reply) {
    return Json.MAPPER
        .createObjectNode()
        .put("conversation", message.conversation())
        .put("content", reply)
        .put("replyTo", message.id())
        .put("clientId", "re:" + message.id());
  }

  private JsonNode call(Persona persona, Message asked, String function, ObjectNode params) {
    Call call =
        new Call(
            ids.next(),
            Optional.of(caller(persona, asked.sender())),
            Optional.empty(),
            InetAddress.getLoopbackAddress(),
            Optional.empty());
    return switch (dispatcher.dispatch(call, function, params)) {
      case Outcome.Answered answered -> Json.MAPPER.readTree(answered.result());
      case Outcome.Refused refused ->
          throw new Refusal(
              refused.failure().code(), refused.failure().message(), refused.failure().data());
      case Outcome.Repeated repeated -> throw Refusal.conflict("done already");
    };
  }

  /** A persona reads and writes as a member; whoever addressed it could do both, as they did. */
  private static Caller caller(Persona persona, Actor onBehalfOf) {
    return new Caller(
        persona.actor(),
        Role.MEMBER,
        EnumSet.of(Permission.READ, Permission.WRITE),
        "persona",
        Optional.empty(),
        Optional.of(onBehalfOf));
  }

  /** Answers what was asked shortly before a crash. */
  void catchUp() {
    for (Persona persona : personas(PERSONA)) {
      owed(persona).forEach(message -> virtualThreads.execute(() -> answer(persona, message)));
    }
  }

  private List<Message> owed(Persona persona) {
    String mentions =
        " AND EXISTS (SELECT 1 FROM mentions x WHERE x.actor = :persona"
            + " AND x.conversation = m.conversation AND x.seq = m.seq)";
    String direct =
        " AND m.conversation IN (SELECT c.id FROM members b JOIN conversations c"
            + " ON c.id = b.conversation WHERE b.actor = :persona AND c.kind = 'direct')";
    return store.read(handle ->
        handle
            .createQuery(
                Message.COLUMNS
                    + UNANSWERED
                    + mentions
                    + " UNION "
                    + Message.COLUMNS
                    + UNANSWERED
                    + direct)
            .bind("persona", persona.actor().id())
            .bind("since", clock.millis() - OWED.toMillis())
            .map((row, context) -> Message.of(row))
            .list());
  }
}
