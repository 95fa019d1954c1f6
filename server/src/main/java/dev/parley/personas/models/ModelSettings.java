package dev.parley.personas.models;

import java.time.Duration;
import java.util.Optional;

/**
 * Which models there are, and what is asked of them.
 *
 * @param ollama where Ollama listens
 * @param openAi where a server listens that speaks OpenAI's protocol, such as {@code
 *     https://api.openai.com/v1}
 * @param key the bearer token for it
 * @param model the model of personas that name none
 * @param window how much a model reads and writes at once, in tokens
 * @param replyTokens how much of that it may write
 * @param deadline how long a reply may take
 */
public record ModelSettings(
    Optional<String> ollama,
    Optional<String> openAi,
    Optional<String> key,
    String model,
    int window,
    int replyTokens,
    Duration deadline) {}
