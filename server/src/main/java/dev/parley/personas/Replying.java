package dev.parley.personas;

import dev.parley.conversations.Message;
import dev.parley.delivery.Topics;
import dev.parley.personas.errand.Errands;
import dev.parley.personas.mood.Energy;
import dev.parley.wire.Actor;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets personas answer. A reply waits for its asker's turn, is told in drafts while it is written,
 * and is posted once; if it cannot be, those who listen are told why. What was asked lately and has
 * come to no end is answered after a crash.
 */
final class Replying {
  private static final Logger LOG = LoggerFactory.getLogger(Replying.class);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Addressing addressing;
  private final ContextBuilder contexts;
  private final Feeling feeling;
  private final Acting acting;
  private final Replies replies;
  private final Cast cast;
  private final Topics topics;
  private final Map<String, Seat> seats;
  private final Executor afterPause;
  private final Set<Pending> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean resting;

  /** A brain, and who takes turns at it. */
  private record Seat(Brain brain, Turns turns) {}

  /**
   * @param workers how many replies each brain may write at once
   */
  Replying(
      Addressing addressing,
      ContextBuilder contexts,
      Feeling feeling,
      Acting acting,
      Replies replies,
      Cast cast,
      Topics topics,
      Map<String, Brain> brains,
      Executor virtualThreads,
      int workers) {
    this.addressing = addressing;
    this.contexts = contexts;
    this.feeling = feeling;
    this.acting = acting;
    this.replies = replies;
    this.cast = cast;
    this.topics = topics;
    this.seats =
        brains.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    brain -> new Seat(brain.getValue(), new Turns(virtualThreads, workers))));
    this.afterPause =
        CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, virtualThreads);
  }

  /** A message was posted. Blocks. */
  void posted(Message message) {
    addressing.of(message).forEach(this::answer);
  }

  /** Answers what was asked shortly before a crash. */
  void catchUp() {
    addressing.owed().forEach(this::answer);
  }

  /** Posts no more: what is under way is answered when the server is there again. */
  void rest() {
    resting = true;
  }

  private void answer(Asked asked) {
    Pending pending = new Pending(asked);
    Seat seat = seats.get(asked.persona().settings().brain());
    underWay.add(pending);
    if (seat == null) {
      fail(pending, noBrain(asked));
    } else if (!seat.turns().offer(asked.asker().id(), () -> think(pending, seat.brain()))) {
      fail(pending, Refusal.rateLimited("Too many of your questions wait already", PAUSE));
    }
  }

  private static Refusal noBrain(Asked asked) {
    PersonaSettings persona = asked.persona().settings();
    return Refusal.unavailable(
        "%s's brain %s is not configured on this server"
            .formatted(persona.name(), persona.brain()));
  }

  private void think(Pending pending, Brain brain) {
    try {
      if (pending.begin() && addressing.isStillOpen(pending.asked())) {
        reply(pending, brain, feeling.requireStrength(pending.asked()));
      }
    } catch (Refusal refusal) {
      fail(pending, refusal);
    } catch (InterruptedException cancelled) {
      LOG.debug("nobody waits for {} any more", pending.asked().message().id());
    } catch (RuntimeException bug) {
      fail(pending, bug);
    } finally {
      underWay.remove(pending);
    }
  }

  private void reply(Pending pending, Brain brain, Energy energy) throws InterruptedException {
    Asked asked = pending.asked();
    PersonaSettings character = cast.newest(asked.persona());
    Brain.Hands hands = acting.hands(asked, character);
    topics.whisper(asked.conversation(), "persona.thinking", about(asked), new Thinking(asked));
    List<Part> context =
        contexts.build(
            acting.call(asked),
            asked,
            character,
            brain,
            brain.window(hands),
            () -> feeling.inWords(asked, energy));
    Drafts drafts = new Drafts((index, text) -> tell(asked, index, text), afterPause);
    Brain.Answer answer;
    try {
      answer =
          brain.reply(
              new Brain.Prompt(
                  asked.actor(),
                  character,
                  asked.message(),
                  context,
                  hands,
                  asked.mostTokens(),
                  () -> replies.before(asked, Errands.READ)),
              drafts);
    } finally {
      drafts.end();
    }
    if (pending.end() && !resting) {
      post(asked, answer, context);
    }
  }

  /** What it is made of is kept first: whoever sees the reply can see that too. */
  private void post(Asked asked, Brain.Answer answer, List<Part> context) {
    replies.answered(asked, answer, context);
    try {
      acting.post(asked, answer.text());
    } catch (Refusal refusal) {
      replies.failed(asked, refusal.getMessage());
      stopped(asked, refusal);
    }
  }

  private void fail(Pending pending, RuntimeException why) {
    underWay.remove(pending);
    if (!pending.end() || resting) {
      return;
    }
    Refusal told = inWords(pending.asked(), why);
    replies.failed(pending.asked(), told.getMessage());
    stopped(pending.asked(), told);
  }

  private static Refusal inWords(Asked asked, RuntimeException why) {
    String persona = asked.persona().settings().name();
    if (why instanceof Refusal refusal) {
      LOG.info("{} could not answer: {}", persona, refusal.getMessage());
      return refusal;
    }
    LOG.error("{} failed to answer {}", persona, asked.message().id(), why);
    return new Refusal(ErrorCode.INTERNAL_ERROR, "Something went wrong here", Map.of());
  }

  /**
   * Ends replies under way.
   *
   * @return how many
   */
  int cancel(Predicate<Pending> which) {
    List<Pending> ended = underWay.stream().filter(which).filter(Pending::cancel).toList();
    ended.forEach(this::cancelled);
    return ended.size();
  }

  private void cancelled(Pending pending) {
    underWay.remove(pending);
    Asked asked = pending.asked();
    replies.cancelled(asked);
    topics.whisper(
        asked.conversation(), "persona.stopped", about(asked), new Stopped(asked, "cancelled"));
  }

  private void tell(Asked asked, int index, String text) {
    topics.whisper(
        asked.conversation(),
        "persona.draft",
        about(asked) + " " + index,
        new Draft(asked.actor(), asked.message().id(), index, text));
  }

  private void stopped(Asked asked, Refusal why) {
    topics.whisper(
        asked.conversation(),
        "persona.stopped",
        about(asked),
        new Stopped(asked.actor(), asked.message().id(), "failed", Optional.of(Why.of(why))));
  }

  private static String about(Asked asked) {
    return asked.persona().id() + " " + asked.message().id();
  }

  /** The data of {@code persona.thinking}. */
  private record Thinking(Actor persona, String replyTo) {
    Thinking(Asked asked) {
      this(asked.actor(), asked.message().id());
    }
  }

  /**
   * The data of {@code persona.draft}.
   *
   * @param text what came since the draft before
   */
  private record Draft(Actor persona, String replyTo, int index, String text) {}

  /**
   * The data of {@code persona.stopped}: no message comes.
   *
   * @param reason {@code cancelled} or {@code failed}
   */
  private record Stopped(Actor persona, String replyTo, String reason, Optional<Why> error) {
    Stopped(Asked asked, String reason) {
      this(asked.actor(), asked.message().id(), reason, Optional.empty());
    }
  }

  /**
   * @param retryAfterMs when it is worth asking again, if that is known
   */
  private record Why(String type, String message, Optional<Object> retryAfterMs) {
    static Why of(Refusal refusal) {
      return new Why(
          refusal.code().word(),
          refusal.getMessage(),
          Optional.ofNullable(refusal.data().get("retryAfterMs")));
    }
  }
}
