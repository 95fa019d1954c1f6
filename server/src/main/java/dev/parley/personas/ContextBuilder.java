package dev.parley.personas;

import dev.parley.calls.Call;
import dev.parley.conversations.Conversations;
import dev.parley.conversations.Message;
import dev.parley.wire.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what a brain reads before it answers, within its window: what the server asks of it, its
 * character, how it feels, what was said earlier in short, what it remembers, the last turns, and
 * the message itself. Each has a share that it cannot exceed, so a long one is cut and never drives
 * the others out. When the last turns no longer fit, the older half of them is summed up.
 */
final class ContextBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(ContextBuilder.class);

  /** The most messages that it looks back over, besides the summary. */
  private static final int MOST_TURNS = 100;

  private static final int MOST_MEMORIES = 12;

  private final Conversations conversations;
  private final Summaries summaries;
  private final Recollection recollection;

  ContextBuilder(Conversations conversations, Summaries summaries, Recollection recollection) {
    this.conversations = conversations;
    this.summaries = summaries;
    this.recollection = recollection;
  }

  /**
   * What a brain reads to answer a message.
   *
   * @param call reads as the persona, on behalf of the one who asked
   * @param tokens how much of the brain's window is for reading
   * @param feelings says how the persona feels towards whoever speaks to it, in a few words; asked
   *     only by brains that read
   */
  List<Part> build(
      Call call,
      Asked asked,
      PersonaSettings character,
      Brain brain,
      int tokens,
      Supplier<String> feelings)
      throws InterruptedException {
    if (tokens == 0) {
      return List.of(
          new Part(
              Part.Kind.QUESTION,
              Optional.of(asked.message().sender()),
              Optional.of(asked.message().id()),
              asked.message().content(),
              0,
              0));
    }
    return new Building(call, asked, character, brain, tokens, feelings).parts();
  }

  private final class Building {
    private final Call call;
    private final Asked asked;
    private final PersonaSettings character;
    private final Brain brain;
    private final Budget budget;
    private final int whole;
    private final Supplier<String> feelings;

    Building(
        Call call,
        Asked asked,
        PersonaSettings character,
        Brain brain,
        int tokens,
        Supplier<String> feelings) {
      this.call = call;
      this.asked = asked;
      this.character = character;
      this.brain = brain;
      this.budget = new Budget(tokens);
      this.whole = tokens;
      this.feelings = feelings;
    }

    List<Part> parts() throws InterruptedException {
      List<Part> parts = new ArrayList<>();
      parts.add(take(Part.Kind.INSTRUCTION, "", Portrait.INSTRUCTION, whole));
      parts.add(take(Part.Kind.CHARACTER, version(), Portrait.of(character), whole / 4));
      Part question = question();
      mood().ifPresent(parts::add);
      List<Part> memories = memories();
      parts.addAll(saidBefore(memories));
      parts.add(question);
      return parts;
    }

    private Part take(Part.Kind kind, String source, String text, int most) {
      return budget.take(kind, Optional.empty(), some(source), text, most);
    }

    private static Optional<String> some(String source) {
      return Optional.of(source).filter(text -> !text.isEmpty());
    }

    private String version() {
      return Long.toString(character.id().version());
    }

    private Part question() {
      return budget.take(
          Part.Kind.QUESTION,
          Optional.of(asked.message().sender()),
          Optional.of(asked.message().id()),
          asked.message().content(),
          budget.left() / 2);
    }

    private Optional<Part> mood() {
      return budget.takeWhole(
          Part.Kind.MOOD, Optional.empty(), Optional.empty(), feelings.get(), budget.left() / 8);
    }

    private List<Part> memories() {
      int share = budget.left() / 4;
      List<Part> taken = new ArrayList<>();
      for (Recollection.Recalled memory :
          recollection.fitting(
              asked.persona().id(),
              asked.asker().id(),
              asked.conversation(),
              asked.message().content(),
              MOST_MEMORIES)) {
        Optional<Part> part =
            budget.takeWhole(
                Part.Kind.MEMORY,
                Optional.empty(),
                Optional.of(memory.id()),
                memory.text(),
                share - taken.stream().mapToInt(Part::tokens).sum());
        part.ifPresent(taken::add);
      }
      return taken;
    }

    /** The summary, the memories and the last turns. */
    private List<Part> saidBefore(List<Part> memories) throws InterruptedException {
      Summaries.Summary summary =
          summaries.before(asked.conversation(), asked.persona().id(), asked.message().seq());
      List<Message> since = since(summary.upto());
      if (!fits(summary, since)) {
        int kept = fitting(since, budget.left() / 2);
        List<Message> older = since.subList(0, since.size() - kept);
        summary = sumUp(summary, older);
        since = since.subList(since.size() - kept, since.size());
      }
      List<Part> parts = new ArrayList<>();
      if (summary.upto() > 0) {
        parts.add(
            take(
                Part.Kind.SUMMARY,
                Long.toString(summary.upto()),
                summary.text(),
                budget.left() / 3));
      }
      parts.addAll(memories);
      int kept = fitting(since, budget.left());
      since
          .subList(since.size() - kept, since.size())
          .forEach(turn -> parts.add(turn(turn, budget)));
      return parts;
    }

    private List<Message> since(long seq) {
      return conversations
          .before(call, asked.conversation(), asked.message().seq(), MOST_TURNS)
          .stream()
          .filter(message -> message.seq() > seq && message.deletedAt().isEmpty())
          .toList();
    }

    private boolean fits(Summaries.Summary summary, List<Message> since) {
      int ofSummary = Math.min(Tokens.count(summary.text()), budget.left() / 3);
      return fitting(since, budget.left() - ofSummary) == since.size();
    }

    /** How many of the last turns fit into so many tokens. */
    private int fitting(List<Message> turns, int tokens) {
      Budget room = new Budget(tokens);
      int fitting = 0;
      for (Message turn : turns.reversed()) {
        if (room.left()
            < Math.min(Tokens.count(turn.content()), longestTurn()) + Budget.OF_A_ROLE) {
          return fitting;
        }
        turn(turn, room);
        fitting++;
      }
      return fitting;
    }

    private int longestTurn() {
      return whole / 8;
    }

    private Part turn(Message message, Budget from) {
      return from.take(
          Part.Kind.TURN,
          Optional.of(message.sender()),
          Optional.of(message.id()),
          message.content(),
          longestTurn());
    }

    private Summaries.Summary sumUp(Summaries.Summary before, List<Message> older)
        throws InterruptedException {
      if (older.isEmpty()) {
        return before;
      }
      Budget reading = new Budget(whole);
      List<Part> turns =
          older.stream()
              .map(message -> turn(message, reading))
              .filter(part -> part.tokens() > 0)
              .toList();
      try {
        String text = brain.sumUp(character, before.text(), turns);
        Summaries.Summary next = new Summaries.Summary(older.getLast().seq(), text);
        summaries.keep(asked.conversation(), asked.persona().id(), before, next, older);
        return next;
      } catch (Refusal notNow) {
        LOG.info(
            "{} answers without a summary: {}",
            asked.persona().settings().name(),
            notNow.getMessage());
        return before;
      }
    }
  }
}
