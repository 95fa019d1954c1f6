package dev.parley.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.functions.Json;
import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.RawHttp;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.io.BufferedReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** MCP as its clients speak it, in both revisions, with the functions of this server behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpTest {
  static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
       "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;

  private TestServer server;
  private User ada;
  private Mcp mcp;

  @BeforeAll
  void start() {
    server = TestServer.start(Database.SQLITE);
    ada = server.user("ada");
    mcp = new Mcp(server, Optional.of(ada.token()));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Mcp as(User user) {
    return new Mcp(server, Optional.of(user.token()));
  }

  @Test
  void whoever_brings_no_token_is_told_where_to_get_one() {
    HttpResponse<String> refused = new Mcp(server, Optional.empty()).send(plain(), INITIALIZE);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("resource_metadata=\"http://127.0.0.1:" + server.port());
    Http.Reply metadata = server.http().get("/.well-known/oauth-protected-resource/mcp");
    assertThat(metadata.body().path("resource").stringValue())
        .isEqualTo("http://127.0.0.1:" + server.port() + "/mcp");
    assertThat(metadata.body().path("scopes_supported").toString()).contains("\"write\"");
  }

  private HttpRequest.Builder plain() {
    return new Mcp(server, Optional.empty()).request();
  }

  @Test
  void tools_say_what_they_do_and_do_it_as_the_caller() {
    JsonNode tools = mcp.ask("tools/list", "{}").at("/result/tools");
    JsonNode post =
        tools
            .valueStream()
            .filter(tool -> tool.path("name").stringValue().equals("messages_post"))
            .findFirst()
            .orElseThrow();
    assertThat(post.at("/annotations/readOnlyHint").booleanValue()).isFalse();
    assertThat(post.at("/inputSchema/properties").has("content")).isTrue();
    assertThat(post.at("/outputSchema/type").stringValue()).isEqualTo("object");
    String room = ada.room("Tea");
    JsonNode posted =
        mcp.tool("messages_post", "{\"conversation\":\"" + room + "\",\"content\":\"Hello\"}");
    assertThat(posted.at("/structuredContent/message/sender/id").stringValue()).isEqualTo(ada.id());
    assertThat(posted.path("resultType").stringValue()).isEqualTo("complete");
  }

  @Test
  void a_tool_that_refuses_is_an_error_that_a_model_can_read() {
    JsonNode refused = mcp.tool("messages_post", "{\"conversation\":\"nope\",\"content\":\"x\"}");
    assertThat(refused.path("isError").booleanValue()).isTrue();
    assertThat(refused.at("/content/0/text").stringValue()).contains("no such conversation");
    JsonNode misfit = mcp.tool("messages_post", "{\"conversation\":\"nope\"}");
    assertThat(misfit.at("/content/0/text").stringValue()).contains("content");
  }

  @Test
  void a_key_that_may_only_read_is_offered_nothing_else_and_told_the_scope() {
    String key =
        ada.call("apiKeys.create", "{label: 'reader', scopes: ['read']}")
            .findPath("token")
            .asString("");
    Mcp reader = new Mcp(server, Optional.of(key));
    assertThat(reader.ask("tools/list", "{}").toString())
        .contains("messages_list")
        .doesNotContain("messages_post");
    var params = Json.MAPPER.createObjectNode().put("name", "messages_post");
    HttpResponse<String> refused =
        reader.send(reader.modern("tools/call", params), Mcp.body("tools/call", params));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("insufficient_scope", "scope=\"write\"");
  }

  @Test
  void a_long_page_is_cut_until_it_fits() {
    String room = ada.room("Long");
    for (int i = 0; i < 12; i++) {
      ada.post(room, "x".repeat(30_000));
    }
    JsonNode page =
        mcp.tool("messages_list", "{\"conversation\":\"" + room + "\",\"after\":0,\"limit\":12}")
            .path("structuredContent");
    assertThat(page.path("items").size()).isEqualTo(3);
    assertThat(page.path("next").longValue()).isPositive();
  }

  @Test
  void a_resource_is_cut_like_a_tool_s_page() {
    String room = ada.room("Longer");
    for (int i = 0; i < 12; i++) {
      ada.post(room, "x".repeat(30_000));
    }
    JsonNode contents =
        mcp.ask("resources/read", "{\"uri\":\"parley://conversations/" + room + "/messages\"}")
            .at("/result/contents");
    JsonNode page = Json.MAPPER.readTree(contents.at("/0/text").stringValue());
    assertThat(page.path("items").size()).isEqualTo(3);
    assertThat(page.path("total").intValue()).isEqualTo(12);
  }

  @Test
  void pages_of_others_and_names_of_others_are_kept_out_on_every_transport() {
    HttpRequest.Builder foreign = mcp.request().header("Origin", "http://evil.example");
    assertThat(mcp.send(foreign, INITIALIZE).statusCode()).isEqualTo(403);
    HttpRequest.Builder own = mcp.request().header("Origin", "http://127.0.0.1:" + server.port());
    assertThat(mcp.send(own, INITIALIZE).statusCode()).isEqualTo(200);
    String authorized =
        " /mcp HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer " + ada.token() + "\r\n";
    String upgrade =
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: mcp\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    for (String request :
        List.of(
            "POST" + authorized + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
            "GET" + authorized + "Accept: text/event-stream\r\n\r\n",
            "GET" + authorized + upgrade + "\r\n")) {
      try (RawHttp raw = new RawHttp(server)) {
        assertThat(raw.send(request).until("\r\n")).contains("403");
      }
    }
  }

  @Test
  void what_is_too_large_or_too_deep_is_told_so() {
    String tooLong = "x".repeat(3_000);
    assertThat(mcp.ask("resources/read", "{\"uri\":\"parley://conversations/nope\"}").toString())
        .contains("-32602");
    JsonNode name = mcp.ask("prompts/get", "{\"name\":\"" + tooLong + "\"}");
    assertThat(name.at("/error/message").stringValue())
        .isEqualTo("name must be a text of at most 2048 characters");
    String deep = "[".repeat(100) + "]".repeat(100);
    assertThat(mcp.send(mcp.request(), deep).body()).contains("-32700");
    String large = "{\"x\":\"" + "x".repeat(1024 * 1024) + "\"}";
    assertThat(mcp.send(mcp.request(), large).statusCode()).isEqualTo(413);
  }

  @Test
  void a_state_that_was_not_given_is_refused() {
    JsonNode refused =
        mcp.ask(
            "tools/call",
            "{\"name\":\"conversations_list\",\"arguments\":{},\"requestState\":\"e30.e30\"}");
    assertThat(refused.at("/error/code").intValue()).isEqualTo(-32602);
    assertThat(refused.at("/error/message").stringValue()).contains("requestState");
  }

  @Test
  void a_conversation_is_read_with_its_messages_and_only_by_who_may() {
    String room = ada.room("Secret", "private");
    ada.post(room, "between us");
    String read = "{\"uri\":\"parley://conversations/" + room + "\"}";
    JsonNode contents = mcp.ask("resources/read", read).at("/result/contents");
    assertThat(contents.at("/1/text").stringValue()).contains("between us");
    JsonNode refused = as(server.user("eve")).ask("resources/read", read);
    assertThat(refused.at("/error/code").intValue()).isEqualTo(-32602);
    assertThat(refused.toString()).doesNotContain("between us");
    assertThat(mcp.ask("resources/list", "{}").toString()).contains(room);
  }

  @Test
  void a_public_room_is_nowhere_for_whoever_was_banned_from_it() {
    User bob = server.user("bob");
    String room = ada.room("Not for Bob");
    String read = "{\"uri\":\"parley://conversations/" + room + "\"}";
    assertThat(as(bob).ask("resources/list", "{}").toString()).contains(room);
    ada.call("conversations.ban", "{id: '%s', member: '%s'}".formatted(room, bob.id()));
    assertThat(as(bob).ask("resources/list", "{}").toString()).doesNotContain(room);
    assertThat(as(bob).ask("resources/read", read).at("/error/code").intValue()).isEqualTo(-32602);
    String listen =
        "{\"notifications\":{\"resourceSubscriptions\":[\"parley://conversations/" + room + "\"]}}";
    assertThat(as(bob).ask("subscriptions/listen", listen).at("/error/code").intValue())
        .isEqualTo(-32602);
  }

  @Test
  void a_listener_hears_of_news_and_a_stranger_cannot_listen() throws Exception {
    User bob = server.user("bob");
    String room = ada.room("News", "private");
    ada.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(room, bob.id()));
    String listen =
        "{\"notifications\":{\"resourceSubscriptions\":[\"parley://conversations/" + room + "\"]}}";
    try (BufferedReader stream = as(bob).stream("subscriptions/listen", listen)) {
      assertThat(Mcp.event(stream).path("method").stringValue())
          .isEqualTo("notifications/subscriptions/acknowledged");
      ada.post(room, "news");
      JsonNode updated = Mcp.event(stream);
      assertThat(updated.at("/params/uri").stringValue()).endsWith(room);
      assertThat(updated.at("/params/_meta").path(Revisions.SUBSCRIPTION).intValue()).isEqualTo(7);
    }
    JsonNode refused = as(server.user("eve")).ask("subscriptions/listen", listen);
    assertThat(refused.at("/error/code").intValue()).isEqualTo(-32602);
  }

  @Test
  void a_persona_is_a_prompt_whose_name_completes() {
    JsonNode names =
        mcp.ask(
                "completion/complete",
                """
                {"ref":{"type":"ref/prompt","name":"persona"},
                 "argument":{"name":"name","value":"gui"}}\
                """)
            .at("/result/completion/values");
    assertThat(names.toString()).isEqualTo("[\"Guide\"]");
    JsonNode prompt =
        mcp.ask("prompts/get", "{\"name\":\"persona\",\"arguments\":{\"name\":\"Guide\"}}");
    assertThat(prompt.at("/result/messages/0/content/text").stringValue())
        .contains("speak as Guide");
  }

  @Test
  void a_session_of_the_older_revision_is_its_owner_s_alone_and_ends() {
    HttpResponse<String> begun = mcp.send(mcp.request(), INITIALIZE);
    String session = begun.headers().firstValue("Mcp-Session-Id").orElseThrow();
    assertThat(list(mcp, session).statusCode()).isEqualTo(200);
    assertThat(list(as(server.user("eve")), session).statusCode()).isEqualTo(404);
    Http.Reply ended =
        ada.http()
            .send("DELETE", "/mcp", Optional.empty(), java.util.Map.of("Mcp-Session-Id", session));
    assertThat(ended.status()).isEqualTo(204);
    assertThat(list(mcp, session).statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> list(Mcp client, String session) {
    return client.send(
        client
            .request()
            .header("Mcp-Session-Id", session)
            .header("MCP-Protocol-Version", "2025-11-25"),
        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
  }

  @Test
  void a_header_that_differs_from_the_body_is_refused() {
    var params = Json.MAPPER.createObjectNode();
    HttpResponse<String> refused =
        mcp.send(mcp.modern("tools/list", params), Mcp.body("prompts/list", params));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("-32020");
  }
}
