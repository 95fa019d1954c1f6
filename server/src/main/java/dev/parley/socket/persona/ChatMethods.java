package dev.parley.socket.persona;

import dev.parley.functions.Range;
import dev.parley.functions.Text;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Talking with the persona that was selected. What is said stays in the account's conversation. */
final class ChatMethods {
  /** The reply's most tokens if nothing else is asked for. */
  private static final int USUAL_BUDGET = 500;

  static final List<Method<?>> ALL =
      List.of(
          Method.of("persona.switch", Switch.class, ChatMethods::select),
          Method.waiting("persona.chat", Say.class, ChatMethods::chat),
          Method.waiting("persona.chat_stream", Say.class, ChatMethods::stream),
          Method.of("persona.cancel", Cancel.class, ChatMethods::cancel));

  private ChatMethods() {}

  record Switch(@Text(min = 1, max = 64) String personaId) {}

  record Selected(
      String personaId,
      String name,
      String description,
      String status,
      int socialEnergy,
      Optional<Integer> availableTime,
      String currentPriority,
      String conversationId) {}

  record Say(
      @Text(min = 1, max = 32_768) String message,
      @Range(min = 1, max = 1_000_000) Optional<Integer> tokenBudget) {
    int budget() {
      return tokenBudget.orElse(USUAL_BUDGET);
    }
  }

  /**
   * @param continueScore no such score is kept of talk with people
   * @param processingTime in seconds
   */
  record Answer(
      String response,
      String responseType,
      Optional<Double> continueScore,
      int tokensUsed,
      double processingTime,
      Condition.Brief personaState,
      Optional<String> model,
      String messageId,
      String conversationId) {}

  record Cancel(@Text(min = 1, max = 40) Optional<String> streamId) {}

  record Cancelled(int cancelled) {}

  private static Selected select(Visit visit, Switch input) {
    Persona persona = Persona.named(visit, input.personaId());
    String conversation = persona.converse(visit);
    visit.stay().talkWith(new Stay.Selected(persona, conversation));
    Condition condition = Condition.of(visit, persona);
    return new Selected(
        persona.id(),
        persona.name(),
        persona.description(),
        "active",
        condition.socialEnergy(),
        Optional.empty(),
        "none",
        conversation);
  }

  private static CompletionStage<?> chat(Visit visit, Say input) {
    Stay.Selected with = visit.stay().requireSelected();
    Chat chat = new Chat(visit, with.persona(), with.conversation(), input.message(), piece -> {});
    visit.stay().chats().ask(chat, input.budget());
    return chat.ended()
        .handle((reply, failure) -> {
          if (failure instanceof Chat.Cancelled cancelled) {
            throw Refusal.conflict(String.valueOf(cancelled.getMessage()));
          }
          if (failure != null) {
            throw new CompletionException(failure);
          }
          return new Answer(
              reply.text(),
              "direct",
              Optional.empty(),
              reply.tokens(),
              seconds(reply.took()),
              Condition.of(visit, with.persona()).brief(),
              reply.model(),
              reply.message(),
              with.conversation());
        });
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }

  private static CompletionStage<?> stream(Visit visit, Say input) {
    return new StreamedChat(visit, visit.stay().requireSelected(), input.message(), input.budget())
        .begin();
  }

  private static Cancelled cancel(Visit visit, Cancel input) {
    int cancelled =
        visit
            .stay()
            .chats()
            .cancel(visit, chat -> input.streamId().map(chat.key()::equals).orElse(true));
    return new Cancelled(cancelled);
  }
}
