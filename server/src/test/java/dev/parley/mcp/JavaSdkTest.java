package dev.parley.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The client of the official Java SDK, which speaks 2025-11-25 and its elders. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaSdkTest {
  private final TestServer server = TestServer.start(Database.SQLITE);
  private final User ada = server.user("ada");
  private final String room = ada.room("Tea", "private");
  private final BlockingQueue<List<McpSchema.ResourceContents>> news = new LinkedBlockingQueue<>();

  @AfterAll
  void stop() {
    server.close();
  }

  private McpSyncClient client() {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + server.port())
            .endpoint("/mcp")
            .httpRequestCustomizer((request, method, uri, body, context) ->
                request.header("Authorization", "Bearer " + ada.token()))
            .build();
    return McpClient.sync(transport)
        .requestTimeout(Duration.ofSeconds(20))
        .resourcesUpdateConsumer(news::add)
        .build();
  }

  private McpSchema.CallToolResult post(McpSyncClient client, String content) {
    Map<String, Object> arguments = Map.of("conversation", room, "content", content);
    return client.callTool(new McpSchema.CallToolRequest("messages_post", arguments));
  }

  @Test
  void it_calls_tools_and_reads_and_hears_of_news() throws Exception {
    try (McpSyncClient client = client()) {
      assertThat(client.initialize().protocolVersion()).isEqualTo("2025-11-25");
      assertThat(client.listTools().tools())
          .extracting(McpSchema.Tool::name)
          .contains("messages_post", "personas_list");
      assertThat(post(client, "Hello").structuredContent().toString()).contains("Hello");
      assertThat(post(client, "").isError()).isTrue();
      String uri = "parley://conversations/" + room;
      assertThat(client.readResource(new McpSchema.ReadResourceRequest(uri)).contents())
          .anyMatch(part -> part.toString().contains("Hello"));
      client.subscribeResource(new McpSchema.SubscribeRequest(uri));
      ada.post(room, "News");
      assertThat(news.poll(20, TimeUnit.SECONDS))
          .anyMatch(part -> part.toString().contains("News"));
    }
  }

  @Test
  void it_finds_personas_as_prompts() {
    try (McpSyncClient client = client()) {
      client.initialize();
      assertThat(client.listPrompts().prompts())
          .extracting(McpSchema.Prompt::name)
          .containsExactly("persona");
      McpSchema.GetPromptResult prompt =
          client.getPrompt(new McpSchema.GetPromptRequest("persona", Map.of("name", "Guide")));
      assertThat(prompt.messages()).singleElement().asString().contains("Guide");
    }
  }
}
