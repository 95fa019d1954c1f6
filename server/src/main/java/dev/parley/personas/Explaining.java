package dev.parley.personas;

import dev.parley.calls.Call;
import dev.parley.conversations.Conversations;
import dev.parley.conversations.Message;
import dev.parley.entities.Lineage;
import dev.parley.functions.About;
import dev.parley.functions.Text;
import dev.parley.history.Keeping;
import dev.parley.wire.Actor;
import dev.parley.wire.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows what a reply was made of, to whoever asked for it. */
final class Explaining {
  private final Cast cast;
  private final Keeping keeping;
  private final Replies replies;
  private final Summaries summaries;
  private final Recollection recollection;
  private final Conversations conversations;

  Explaining(
      Cast cast,
      Keeping keeping,
      Replies replies,
      Summaries summaries,
      Recollection recollection,
      Conversations conversations) {
    this.cast = cast;
    this.keeping = keeping;
    this.replies = replies;
    this.summaries = summaries;
    this.recollection = recollection;
    this.conversations = conversations;
  }

  record Of(
      @About("the id of a persona's message, or of one that a persona was asked")
          @Text(min = 1, max = 40)
          String message,
      @About("the id of a persona, if several were asked") @Text(min = 1, max = 40)
          Optional<String> persona) {}

  /**
   * A part of what a brain read.
   *
   * @param speaker the id of who said it
   * @param source where it is from
   * @param text absent if it was deleted or forgotten since
   * @param leftOut by how many tokens it was cut to fit
   * @param editedSince whether it read otherwise then
   */
  record Read(
      Part.Kind kind,
      Optional<String> speaker,
      Optional<String> source,
      Optional<String> text,
      int tokens,
      int leftOut,
      boolean editedSince) {}

  /**
   * How a question ended.
   *
   * @param question the id of the message that it answers
   * @param asker on whose behalf the persona acted
   * @param error why there is no answer
   * @param model what wrote it, if a model did
   * @param tokens how long the answer is
   */
  record Explained(
      Actor persona,
      String question,
      Actor asker,
      Replies.Outcome outcome,
      Optional<String> error,
      Optional<String> model,
      int tokens,
      Instant at,
      List<Read> parts) {}

  record One(Explained reply) {}

  One context(Call call, Of input) {
    Message message = conversations.message(call, input.message());
    Replies.Ended ended =
        ended(message, input.persona())
            .filter(one -> one.asker().id().equals(call.caller().id()))
            .orElseThrow(() -> Refusal.notFound("reply that you asked for"));
    return new One(explained(call, message.conversation(), ended));
  }

  private Optional<Replies.Ended> ended(Message message, Optional<String> persona) {
    return message.sender().kind() == Actor.Kind.PERSONA
        ? replies.whatLedTo(message)
        : replies.to(message.id(), persona);
  }

  private Explained explained(Call call, String conversation, Replies.Ended ended) {
    Cast.Row persona = cast.find(ended.persona()).orElseThrow();
    Looking looking =
        new Looking(
            conversation,
            ended,
            conversations.messages(call, conversation, ended.sources(Explaining::isSaid)),
            recollection.words(
                ended.persona(),
                call.caller().id(),
                conversation,
                ended.sources(kind -> kind == Part.Kind.MEMORY)));
    return new Explained(
        persona.actor(),
        ended.question(),
        ended.asker(),
        ended.outcome(),
        ended.error(),
        ended.model(),
        ended.tokens(),
        ended.at(),
        ended.context().stream().map(looking::read).toList());
  }

  private static boolean isSaid(Part.Kind kind) {
    return kind == Part.Kind.TURN || kind == Part.Kind.QUESTION;
  }

  /** Finds the words of parts where they are from. */
  private final class Looking {
    private final String conversation;
    private final Replies.Ended ended;
    private final Map<String, Message> messages;
    private final Map<String, String> memories;

    Looking(
        String conversation,
        Replies.Ended ended,
        Map<String, Message> messages,
        Map<String, String> memories) {
      this.conversation = conversation;
      this.ended = ended;
      this.messages = messages;
      this.memories = memories;
    }

    Read read(Replies.Reference part) {
      String source = part.source().orElse("");
      return switch (part.kind()) {
        case INSTRUCTION -> read(part, Optional.of(Portrait.INSTRUCTION));
        case CHARACTER -> read(part, character(Long.parseLong(source)));
        case MOOD -> read(part, part.words());
        case SUMMARY -> read(part, summary(Long.parseLong(source)));
        case MEMORY -> read(part, Optional.ofNullable(memories.get(source)));
        case TURN, QUESTION -> said(part, source);
      };
    }

    private Read read(Replies.Reference part, Optional<String> whole) {
      return read(part, whole, false);
    }

    private Read read(Replies.Reference part, Optional<String> whole, boolean editedSince) {
      Optional<String> text =
          part.leftOut() == 0 ? whole : whole.map(all -> Tokens.beginning(all, part.tokens()));
      return new Read(
          part.kind(),
          part.speaker(),
          part.source(),
          text,
          part.tokens(),
          part.leftOut(),
          editedSince);
    }

    private Optional<String> character(long version) {
      return keeping
          .repository()
          .asOf(new Lineage(ended.persona()), version)
          .map(entity -> Portrait.of((PersonaSettings) entity));
    }

    private Optional<String> summary(long upto) {
      return summaries.at(conversation, ended.persona(), upto).map(Summaries.Summary::text);
    }

    private Read said(Replies.Reference part, String id) {
      Optional<Message> message = Optional.ofNullable(messages.get(id));
      return read(
          part,
          message.filter(one -> one.deletedAt().isEmpty()).map(Message::content),
          message.flatMap(Message::editedAt).filter(ended.at()::isBefore).isPresent());
    }
  }
}
