package dev.parley.personas.models;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.parley.personas.Brain;
import dev.parley.personas.Part;
import dev.parley.personas.PersonaSettings;
import dev.parley.personas.Tokens;
import dev.parley.wire.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers with a language model. What the server and the persona's owner wrote is the system's
 * word, what people write is theirs; a model may call functions a few times before it answers.
 */
final class ModelBrain implements Brain {
  /** How often it may call functions for one reply. */
  private static final int MOST_ROUNDS = 4;

  private static final int LONGEST_SUMMARY = 400;

  private final Asking asking;
  private final Toolbox toolbox;
  private final ModelSettings settings;

  ModelBrain(Asking asking, Toolbox toolbox, ModelSettings settings) {
    this.asking = asking;
    this.toolbox = toolbox;
    this.settings = settings;
  }

  @Override
  public Optional<String> model() {
    return Optional.of(settings.model());
  }

  @Override
  public boolean isAvailable() {
    return asking.isAvailable();
  }

  @Override
  public int window(Hands hands) {
    return settings.window() - settings.replyTokens() - toolbox.tokens(hands);
  }

  @Override
  public Answer reply(Prompt prompt, Consumer<String> drafts) throws InterruptedException {
    List<ChatMessage> messages = Script.of(prompt);
    StringBuilder text = new StringBuilder();
    for (int round = 0; ; round++) {
      Writing.Written written = write(prompt, messages, round, text, drafts);
      text.append(written.text());
      List<ToolExecutionRequest> wishes = wishes(written);
      if (wishes.isEmpty()) {
        return answer(text.toString(), written);
      }
      messages.add(written.response().orElseThrow().aiMessage());
      wishes.forEach(wish -> messages.add(toolbox.use(prompt.hands(), wish)));
    }
  }

  private Writing.Written write(
      Prompt prompt,
      List<ChatMessage> messages,
      int round,
      CharSequence before,
      Consumer<String> drafts)
      throws InterruptedException {
    int most = Math.min(settings.replyTokens(), prompt.mostTokens());
    int left = Math.max(1, most - Tokens.count(before.toString()));
    ChatRequest.Builder request =
        ChatRequest.builder()
            .messages(messages)
            .modelName(model(prompt.character()))
            .maxOutputTokens(left);
    if (round < MOST_ROUNDS) {
      request.toolSpecifications(toolbox.tools(prompt.hands()));
    }
    return asking.ask(request.build(), left, drafts);
  }

  private String model(PersonaSettings character) {
    return character.model().orElse(settings.model());
  }

  private static List<ToolExecutionRequest> wishes(Writing.Written written) {
    return written
        .response()
        .map(ChatResponse::aiMessage)
        .map(AiMessage::toolExecutionRequests)
        .orElse(List.of());
  }

  private static Answer answer(String text, Writing.Written last) {
    if (text.isBlank()) {
      throw Refusal.unavailable("The model said nothing");
    }
    return new Answer(
        text.strip(),
        last.response().flatMap(response -> Optional.ofNullable(response.modelName())),
        Tokens.count(text),
        last.isCut());
  }

  @Override
  public String sumUp(PersonaSettings character, String before, List<Part> turns)
      throws InterruptedException {
    ChatRequest request =
        ChatRequest.builder()
            .messages(
                SystemMessage.from(Script.SUM_UP), UserMessage.from(Script.toSumUp(before, turns)))
            .modelName(model(character))
            .maxOutputTokens(LONGEST_SUMMARY)
            .build();
    String summary = asking.ask(request, LONGEST_SUMMARY, piece -> {}).text();
    if (summary.isBlank()) {
      throw Refusal.unavailable("The model said nothing");
    }
    return summary.strip();
  }
}
