package dev.parley.personas.models;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.parley.personas.Tokens;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What a model is writing. It is counted here, whatever the model says of its length: at the most
 * tokens that it may have, it is stopped.
 */
final class Writing implements StreamingChatResponseHandler {
  private final Consumer<String> drafts;
  private final int mostTokens;
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<Written> written = new CompletableFuture<>();
  private int tokens;

  /**
   * What came of it.
   *
   * @param response as the model ended it; empty if it was stopped
   */
  record Written(String text, int tokens, Optional<ChatResponse> response) {
    boolean isCut() {
      return response.isEmpty();
    }
  }

  Writing(Consumer<String> drafts, int mostTokens) {
    this.drafts = drafts;
    this.mostTokens = mostTokens;
  }

  CompletableFuture<Written> written() {
    return written;
  }

  /** Takes no more: the model is told at its next word. */
  void stop() {
    boolean unused = written.cancel(false);
  }

  /** Whether nothing has come yet, so that it can be asked again. */
  synchronized boolean isBlank() {
    return text.isEmpty();
  }

  @Override
  public synchronized void onPartialResponse(
      PartialResponse piece, PartialResponseContext context) {
    if (written.isDone()) {
      context.streamingHandle().cancel();
      return;
    }
    String kept = Tokens.beginning(piece.text(), mostTokens - tokens);
    tokens += Tokens.count(kept);
    text.append(kept);
    drafts.accept(kept);
    if (kept.length() < piece.text().length()) {
      context.streamingHandle().cancel();
      written.complete(new Written(text.toString(), tokens, Optional.empty()));
    }
  }

  @Override
  public synchronized void onCompleteResponse(ChatResponse response) {
    written.complete(new Written(text.toString(), tokens, Optional.of(response)));
  }

  @Override
  public void onError(Throwable error) {
    written.completeExceptionally(error);
  }
}
