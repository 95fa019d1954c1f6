package dev.parley.personas.memory;

import dev.parley.functions.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Places texts by a server that speaks OpenAI's {@code POST /embeddings}. */
final class RemoteEmbedding implements Embedding {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_COORDINATES = 4_096;

  private final MemorySettings.Remote remote;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  RemoteEmbedding(MemorySettings.Remote remote) {
    this.remote = remote;
  }

  @Override
  public String name() {
    return remote.model();
  }

  @Override
  public List<float[]> of(List<String> texts) {
    try {
      HttpResponse<String> answer =
          client.send(request(texts), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new Unavailable("it answers with status " + answer.statusCode());
      }
      return vectors(Json.MAPPER.readTree(answer.body()).path("data"), texts.size());
    } catch (IOException | JacksonException failed) {
      throw new Unavailable(String.valueOf(failed.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Unavailable("the server is shutting down");
    }
  }

  private HttpRequest request(List<String> texts) {
    ObjectNode body = Json.MAPPER.createObjectNode().put("model", remote.model());
    texts.forEach(body.putArray("input")::add);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(remote.url() + "/embeddings"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    remote.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    return request.build();
  }

  private static List<float[]> vectors(JsonNode data, int expected) {
    List<float[]> vectors = new ArrayList<>();
    for (JsonNode one : data) {
      vectors.add(vector(one.path("embedding")));
    }
    boolean alike = vectors.stream().map(vector -> vector.length).distinct().count() == 1;
    if (vectors.size() != expected || !alike) {
      throw new Unavailable("it answered " + vectors.size() + " vectors for " + expected);
    }
    return vectors;
  }

  private static float[] vector(JsonNode coordinates) {
    if (coordinates.isEmpty() || coordinates.size() > MOST_COORDINATES) {
      throw new Unavailable("it answered a vector of " + coordinates.size() + " coordinates");
    }
    float[] vector = new float[coordinates.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) coordinates.get(i).asDouble(0);
    }
    return vector;
  }
}
