package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Rows;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

@OnBothDatabases
class IdempotencyTest {
  @Parameter private Database database;
  private TestServer server;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private static Http.Reply post(User user, String key, String path, String body) {
    return user.http()
        .send(
            "POST",
            path,
            Optional.of(body),
            Map.of("Content-Type", "application/json", "Idempotency-Key", key));
  }

  private static String room(String title) {
    return "{\"kind\":\"room\",\"title\":\"" + title + "\"}";
  }

  private long conversations() {
    return Rows.all(server).getOrDefault("conversations", List.of()).size();
  }

  @Test
  void a_request_that_comes_twice_is_done_once_and_answered_alike() {
    User ada = server.user("ada");
    long before = conversations();
    Http.Reply first = post(ada, "k1", "/api/conversations", room("Twice"));
    Http.Reply second = post(ada, "k1", "/api/conversations", room("Twice"));
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(conversations()).isEqualTo(before + 1);
  }

  @Test
  void what_finds_its_own_first_work_in_its_way_is_answered_alike_too() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    String id = ada.room("Agora");
    bob.join(id);
    String body = "{\"id\":\"%s\",\"member\":\"%s\"}".formatted(id, bob.id());
    assertThat(post(ada, "gone", "/api/call/conversations.remove", body).status()).isEqualTo(200);
    assertThat(post(ada, "gone", "/api/call/conversations.remove", body).status()).isEqualTo(200);
  }

  @Test
  void a_key_belongs_to_one_request_of_one_caller() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    assertThat(post(ada, "k2", "/api/conversations", room("One")).status()).isEqualTo(201);
    Http.Reply other = post(ada, "k2", "/api/conversations", room("Another"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body().path("code").intValue()).isEqualTo(-32004);
    assertThat(post(ada, "k2", "/api/projects", "{\"name\":\"One\"}").status()).isEqualTo(409);
    Http.Reply bobs = post(bob, "k2", "/api/conversations", room("One"));
    assertThat(bobs.status()).isEqualTo(201);
    assertThat(post(ada, "k".repeat(129), "/api/conversations", room("x")).status()).isEqualTo(400);
  }

  @Test
  void what_comes_many_times_at_once_is_done_once() {
    User ada = server.user("ada");
    long before = conversations();
    List<CompletableFuture<Http.Reply>> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(
          CompletableFuture.supplyAsync(
              () -> post(ada, "many", "/api/conversations", room("Once")),
              Thread::startVirtualThread));
    }
    List<Http.Reply> replies = all.stream().map(CompletableFuture::join).toList();
    assertThat(conversations()).isEqualTo(before + 1);
    List<Integer> statuses = replies.stream().map(Http.Reply::status).toList();
    assertThat(statuses).isSubsetOf(201, 409).contains(201);
    assertThat(replies.stream().filter(one -> one.status() == 201).map(Http.Reply::body).distinct())
        .hasSize(1);
    assertThat(post(ada, "many", "/api/conversations", room("Once")).status()).isEqualTo(201);
  }

  @Test
  void a_request_that_was_refused_may_be_mended_under_its_key() {
    User ada = server.user("ada");
    assertThat(post(ada, "k3", "/api/conversations", room("")).status()).isEqualTo(400);
    assertThat(post(ada, "k3", "/api/conversations", room("Mended")).status()).isEqualTo(201);
  }

  @Test
  void a_secret_is_not_kept_to_be_repeated() {
    User ada = server.user("ada");
    Http.Reply first = post(ada, "k4", "/api/api-keys", "{\"label\":\"x\"}");
    assertThat(first.status()).isEqualTo(201);
    assertThat(post(ada, "k4", "/api/api-keys", "{\"label\":\"x\"}").status()).isEqualTo(409);
    assertThat(Rows.dump(server)).doesNotContain(first.body().path("token").stringValue());
    assertThat(ada.call("apiKeys.list", "{}").path("items")).hasSize(1);
  }

  @Test
  void a_key_with_fewer_rights_does_not_hear_what_was_answered_to_more() {
    User ada = server.user("ada");
    assertThat(post(ada, "k5", "/api/conversations", room("Mine")).status()).isEqualTo(201);
    String reader =
        ada.call("apiKeys.create", "{label: 'r', scopes: ['read']}").path("token").stringValue();
    Http.Reply refused =
        server
            .http(reader)
            .send(
                "POST",
                "/api/conversations",
                Optional.of(room("Mine")),
                Map.of("Content-Type", "application/json", "Idempotency-Key", "k5"));
    assertThat(refused.status()).isEqualTo(403);
  }

  @Test
  void a_crash_between_the_work_and_the_keeping_of_its_answer_is_admitted() {
    User ada = server.user("ada");
    assertThat(post(ada, "k6", "/api/conversations", room("Crash")).status()).isEqualTo(201);
    Rows.change(server, "UPDATE idempotency SET answer = NULL WHERE key = 'k6'");
    long before = conversations();
    Http.Reply again = post(ada, "k6", "/api/conversations", room("Crash"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("detail").stringValue()).contains("answer is not kept");
    assertThat(conversations()).isEqualTo(before);
  }
}
