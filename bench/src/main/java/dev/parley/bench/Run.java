package dev.parley.bench;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One run on a prepared stage: warm up, measure, let everything arrive, judge. */
final class Run {
  /** Between the decision to start and the first post, so that every poster starts in time. */
  private static final long LEAD = TimeUnit.MILLISECONDS.toNanos(300);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Draining is given up when nothing has arrived for so long. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private static final int POLL_MILLIS = 20;

  private final Plan plan;
  private final Server server;
  private final Client client;
  private final RunClock clock;
  private final Tally tally;
  private final Progress progress;
  private final Timings timings = new Timings();

  Run(Plan plan, Server server, Client client, RunClock clock, Tally tally, Progress progress) {
    this.plan = plan;
    this.server = server;
    this.client = client;
    this.clock = clock;
    this.tally = tally;
    this.progress = progress;
  }

  /** Takes as long as the plan says, and a little more. */
  Figures on(List<Participant> participants) {
    Machine machine = Machine.here();
    long start = clock.now() + LEAD;
    long from = start + plan.warmup() * SECOND;
    long end = from + plan.seconds() * SECOND;
    long othersBefore = tally.others.sum();
    client.lanes().forEach(lane -> lane.loop().execute(() -> lane.latencies().measureFrom(from)));
    startPosters(participants, start, end);
    Pause.until(clock, start);
    Sample first = watch(from);
    Sample last = watch(end);
    Defects defects = drain(participants);
    timings.gather(client.lanes());
    progress.end();
    return figures(
        machine, last.since(first), tally.others.sum() - othersBefore, Verdict.of(defects, tally));
  }

  private void startPosters(List<Participant> participants, long start, long end) {
    for (int i = 0; i < plan.posters(); i++) {
      Participant participant = participants.get(i);
      Schedule schedule = new Schedule(start, plan.rate(), plan.posters(), i);
      participant.poster(poster(participant, schedule, end));
    }
  }

  private Poster poster(Participant participant, Schedule schedule, long end) {
    Outbox outbox = new Outbox(participant.connection(), participant.room().id(), plan.size());
    return plan.saturate()
        ? new EagerPoster(outbox, schedule, end)
        : new PacedPoster(outbox, schedule, end);
  }

  /** Shows the progress each second until {@code end}; what has been counted by then. */
  private Sample watch(long end) {
    Sample last = sample();
    while (clock.now() < end) {
      Pause.until(clock, Math.min(end, last.at() + SECOND));
      server.checkAlive();
      Sample next = sample();
      progress.show(next.since(last), timings.gather(client.lanes()), tally.unanswered());
      last = next;
    }
    return last;
  }

  private Sample sample() {
    return Sample.now(clock, tally, server);
  }

  /** Waits until everybody has everything, or nothing has moved for a while. */
  private Defects drain(List<Participant> participants) {
    long seen = -1;
    long movedAt = clock.now();
    Defects defects = defects(participants);
    while (unfinished(defects) && clock.now() - movedAt < PATIENCE) {
      Pause.millis(POLL_MILLIS);
      server.checkAlive();
      long now = tally.delivered.sum() + tally.acknowledged.sum();
      movedAt = now == seen ? movedAt : clock.now();
      seen = now;
      defects = defects(participants);
    }
    return defects;
  }

  private boolean unfinished(Defects defects) {
    return tally.unanswered() > 0 || defects.missing() > 0;
  }

  /** Asks every reader on its own event loop. */
  private Defects defects(List<Participant> participants) {
    Defects sum = new Defects();
    for (Lane lane : client.lanes()) {
      var asked = CompletableFuture.supplyAsync(() -> defects(lane, participants), lane.loop());
      sum.add(Waiting.on(asked, "checking"));
    }
    return sum;
  }

  private static Defects defects(Lane lane, List<Participant> participants) {
    Defects sum = new Defects();
    participants.stream().filter(one -> one.connection().lane() == lane).forEach(p -> p.addTo(sum));
    return sum;
  }

  private Figures figures(Machine machine, Window window, long others, Verdict verdict) {
    return new Figures(
        plan,
        machine,
        server.describe(),
        window.seconds(),
        window.acknowledged(),
        window.delivered(),
        window.acknowledgedPerSecond(),
        window.deliveredPerSecond(),
        others,
        timings.deliveries(),
        timings.acknowledgements(),
        timings.lags(),
        window.serverMicrosPerDelivery(),
        window.serverProcessors(),
        window.last().server().map(Usage::residentBytes).orElse(0L),
        window.toolProcessors(),
        verdict);
  }
}
