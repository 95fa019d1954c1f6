package dev.parley;

import dev.parley.accounts.Accounts;
import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.RateLimits;
import dev.parley.calls.Replays;
import dev.parley.calls.ServerFunctions;
import dev.parley.conversations.Conversations;
import dev.parley.conversations.emotion.Lexicon;
import dev.parley.delivery.CloseReason;
import dev.parley.delivery.Connections;
import dev.parley.delivery.Topics;
import dev.parley.functions.Registry;
import dev.parley.history.History;
import dev.parley.history.Keeping;
import dev.parley.history.Subject;
import dev.parley.http.Answer;
import dev.parley.http.HttpDoor;
import dev.parley.http.Port;
import dev.parley.mcp.FunctionSurface;
import dev.parley.mcp.McpDoor;
import dev.parley.mcp.McpSocket;
import dev.parley.mcp.Reception;
import dev.parley.mcp.Surface;
import dev.parley.operations.Health;
import dev.parley.operations.Memory;
import dev.parley.operations.Metrics;
import dev.parley.personas.Brain;
import dev.parley.personas.Personas;
import dev.parley.personas.Recollection;
import dev.parley.personas.memory.Memories;
import dev.parley.personas.models.Models;
import dev.parley.personas.mood.Moods;
import dev.parley.socket.Dialect;
import dev.parley.socket.Dialects;
import dev.parley.socket.SocketDoor;
import dev.parley.socket.persona.PersonaDialect;
import dev.parley.store.EntityLedger;
import dev.parley.store.SlowStatements;
import dev.parley.store.Store;
import dev.parley.store.Stores;
import dev.parley.wire.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server, put together by plain constructors, from the ground floor up. */
public final class Parley implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parley.class);
  private static final long MEBIBYTE = 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration IDEMPOTENCY = Duration.ofHours(24);

  private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
  private final Metrics metrics = new Metrics();
  private final Memory memory;
  private final Store store;
  private final Connections connections;
  private final Accounts accounts;
  private final Memories memories;
  private final Dispatcher dispatcher;
  private final Runnable personasRest;
  private final Health health;
  private final McpDoor mcp;
  private final Port port;
  private final Rounds rounds;

  /**
   * Starts the server.
   *
   * @throws RuntimeException in one line, if it cannot: see {@link Configuration.Wrong}, {@link
   *     dev.parley.store.UnusableDatabase}, {@link Port.CannotBind}
   */
  public Parley(Configuration configuration, InstantSource clock) {
    this(configuration, clock, Optional.empty());
  }

  /**
   * Starts the server.
   *
   * @param forStrangers what callers over MCP get who bring no token; normally nothing
   */
  Parley(Configuration configuration, InstantSource clock, Optional<Surface> forStrangers) {
    Settings settings = new Settings(configuration);
    HeadStart.begin(settings.http());
    SlowStatements slow = new SlowStatements(settings.store().slow());
    Ids ids = new Ids(clock);
    this.memory = Memory.of(configuration.number("MEMORY_LIMIT_MB") * MEBIBYTE);
    this.store = Stores.open(settings.store(), slow, clock);
    try {
      Topics topics = new Topics(store.log(), clock, configuration.number("PARLEY_SUBSCRIPTIONS"));
      this.connections = new Connections(clock, topics, settings.socketsOfAccount());
      store.listen(topics);
      topics.dropPassingWhile(memory::sheds);

      Keeping keeping = new Keeping(new EntityLedger(store, Trees.CATALOG), clock);
      Lexicon lexicon = Lexicon.english();
      Conversations conversations =
          new Conversations(
              store,
              topics,
              connections,
              keeping,
              virtualThreads,
              ids,
              clock,
              Optional.of(lexicon).filter(english -> configuration.flag("PARLEY_EMOTION")));
      Moods moods =
          new Moods(store, lexicon, clock, configuration.number("PARLEY_PERSONA_STRENGTH"));
      this.memories = new Memories(store, ids, clock, settings.memories());
      conversations.onRevised(memories.witness());
      this.accounts =
          new Accounts(
              settings.accounts(),
              store,
              connections,
              List.of(conversations.holdings(), memories.holdings(), moods),
              ids,
              clock);
      Registry<Call> registry = new Registry<>();
      Map<String, Brain> models = Models.of(settings.models(), registry, clock);
      Personas personas = new Personas(store, ids, clock, keeping, models);
      accounts.register(registry);
      conversations.register(registry);
      personas.register(registry, conversations);
      memories.register(registry);
      history(keeping, conversations, personas).register(registry);
      new ServerFunctions(clock).register(registry);
      this.dispatcher = new Dispatcher(registry, metrics);

      personas.provide();
      this.personasRest =
          personas.awaken(
              conversations,
              dispatcher,
              topics,
              new Recollection(memories, clock),
              moods,
              virtualThreads,
              configuration.number("BACKGROUND_WORKERS"));

      this.health = new Health(store, clock);
      metrics.observe(store, connections, slow);
      metrics.observe(memory, topics);
      metrics.gauge(
          "parley.callers.hit.rate",
          "Callers known without the database",
          accounts.sessions()::hitRate);
      Reception reception =
          new Reception(
              new FunctionSurface(dispatcher, topics, virtualThreads),
              forStrangers,
              accounts.admission(),
              clock);
      this.mcp =
          new McpDoor(reception, rateLimits(settings, clock), settings.protectedResource(), clock);
      connections.tellEndings(mcp::ended);
      this.port = door(settings, reception, ids, clock);
      this.rounds = rounds(conversations, clock);
      virtualThreads.execute(metrics::observeProcess);
    } catch (RuntimeException failed) {
      store.close();
      throw failed;
    }
  }

  private History history(Keeping keeping, Conversations conversations, Personas personas) {
    List<Subject<?>> subjects = new ArrayList<>(conversations.subjects());
    subjects.add(personas.subject());
    return new History(store, keeping, subjects);
  }

  private static RateLimits rateLimits(Settings settings, InstantSource clock) {
    return new RateLimits(settings.http().messagesPerMinute(), clock);
  }

  private Port door(Settings settings, Reception reception, Ids ids, InstantSource clock) {
    RateLimits limits = rateLimits(settings, clock);
    Dialect.Speaker json =
        SocketDoor.jsonRpc(dispatcher, accounts.admission(), limits, virtualThreads, ids);
    Dialect.Speaker models = McpSocket.speaker(reception, limits, virtualThreads, ids, clock);
    Dialect.Speaker personas =
        PersonaDialect.speaker(
            dispatcher, accounts.admission(), limits, virtualThreads, ids, clock);
    SocketDoor sockets =
        new SocketDoor(
            settings.sockets(),
            settings.deflation(),
            Map.of(
                "/ws", Dialects.besides(json, Map.of("mcp", models, "persona", personas)),
                "/mcp", Dialects.only("mcp", models)),
            accounts.admission(),
            connections,
            memory::refuses,
            virtualThreads,
            ids,
            clock);
    HttpDoor http =
        new HttpDoor(
            settings.http(),
            dispatcher,
            accounts.admission(),
            sockets,
            mcp,
            Map.of("/health/live", this::live, "/health/ready", this::ready),
            new Replays(store),
            virtualThreads,
            ids,
            clock);
    return new Port(settings.http(), ids, clock, http);
  }

  private Rounds rounds(Conversations conversations, InstantSource clock) {
    Replays replays = new Replays(store);
    Rounds all = new Rounds();
    conversations.sweeps().forEach(sweep -> all.every(Duration.ofMillis(250), sweep));
    all.every(Duration.ofMillis(250), memory::look);
    memories.sweeps().forEach((sweep, pause) -> all.every(pause, sweep));
    all.every(Duration.ofMinutes(10), accounts::tidy);
    all.every(Duration.ofMillis(250), mcp::endOver);
    all.every(Duration.ofSeconds(15), mcp::look);
    all.every(
        Duration.ofMinutes(10),
        () -> replays.forgetBefore(clock.millis() - IDEMPOTENCY.toMillis()));
    return all;
  }

  private Answer live() {
    return Answer.text(200, "alive\n");
  }

  private Answer ready() {
    return health
        .trouble()
        .map(trouble -> Answer.text(503, trouble + "\n"))
        .orElseGet(() -> Answer.text(200, "ready\n"));
  }

  /** The port that was bound. */
  public int port() {
    return port.number();
  }

  /** What is measured while it runs. */
  public Metrics metrics() {
    return metrics;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  /** A code for the owner's account, while there is none. */
  public Optional<String> ownerLink() {
    return accounts.invitations().ownerLink();
  }

  /** Finishes what is under way, tells every socket to come back later, and closes. */
  @Override
  public void close() {
    health.stopping();
    personasRest.run();
    port.stopAccepting();
    try {
      dispatcher.drain(PATIENCE);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    mcp.close();
    connections.endAll(CloseReason.SHUTDOWN);
    awaitClosed();
    rounds.close();
    port.close();
    finishBackgroundWork();
    accounts.close();
    memories.close();
    store.close();
    metrics.close();
  }

  private void finishBackgroundWork() {
    virtualThreads.shutdown();
    try {
      if (!virtualThreads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        virtualThreads.shutdownNow();
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitClosed() {
    try {
      for (long left = PATIENCE.toMillis(); connections.count() > 0 && left > 0; left -= 10) {
        Thread.sleep(10);
      }
    } catch (InterruptedException impatient) {
      LOG.debug("not all sockets closed in time");
      Thread.currentThread().interrupt();
    }
  }
}
