package dev.parley.personas.models;

import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.parley.calls.Call;
import dev.parley.functions.Registry;
import dev.parley.personas.Brain;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** The brains that are configured. */
public final class Models {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);

  private Models() {}

  /** By name; empty if none is configured. */
  public static Map<String, Brain> of(
      ModelSettings settings, Registry<Call> registry, InstantSource clock) {
    Map<String, Brain> brains = new TreeMap<>();
    settings
        .ollama()
        .ifPresent(url ->
            brains.put(
                "ollama", brain("ollama", ollama(url, settings), settings, registry, clock)));
    settings
        .openAi()
        .ifPresent(url ->
            brains.put(
                "openai", brain("openai", openAi(url, settings), settings, registry, clock)));
    return brains;
  }

  private static Brain brain(
      String name,
      StreamingChatModel model,
      ModelSettings settings,
      Registry<Call> registry,
      InstantSource clock) {
    return new ModelBrain(
        new Asking(name, model, settings.deadline(), clock),
        new Toolbox(registry, settings.window() / 2),
        settings);
  }

  private static StreamingChatModel ollama(String url, ModelSettings settings) {
    return OllamaStreamingChatModel.builder()
        .baseUrl(url)
        .modelName(settings.model())
        .numCtx(settings.window())
        .timeout(settings.deadline())
        .httpClientBuilder(http(settings))
        .build();
  }

  private static StreamingChatModel openAi(String url, ModelSettings settings) {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(url)
        .apiKey(settings.key().orElse("none"))
        .modelName(settings.model())
        .timeout(settings.deadline())
        .httpClientBuilder(http(settings))
        .build();
  }

  private static JdkHttpClientBuilder http(ModelSettings settings) {
    return new JdkHttpClientBuilder()
        .httpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1))
        .connectTimeout(TO_CONNECT)
        .readTimeout(settings.deadline());
  }
}
