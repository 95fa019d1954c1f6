package dev.parley.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import dev.parley.functions.Json;
import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes the pictures of the documentation: always the same people, words and times. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "parley.pictures", matches = ".+")
class PicturesTest {
  private static final Instant MORNING = Instant.parse("2027-03-02T09:12:00Z");

  private final Path folder = Path.of(System.getProperty("parley.pictures", "."));
  private Chromium chromium;
  private TestServer server;

  @BeforeAll
  void start() {
    chromium = Chromium.start();
    server = TestServer.start(Database.SQLITE);
    at(MORNING.minus(Duration.ofDays(1)));
    fill();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
      server.close();
    }
  }

  @Test
  void on_a_desk() {
    Window window = window(new Browser.NewContextOptions().setViewportSize(1280, 800));
    window.open("Launch");
    window.button("Members").click();
    window.message("Load test is through").hover();
    save(window, "page.png");
  }

  @Test
  void on_a_phone() {
    Window window =
        window(
            new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setDeviceScaleFactor(2)
                .setIsMobile(true)
                .setHasTouch(true));
    window.open("Launch");
    save(window, "page-phone.png");
  }

  private Window window(Browser.NewContextOptions options) {
    Window window =
        chromium.window(server.uri("/"), options.setReducedMotion(ReducedMotion.REDUCE));
    window.page().clock().setFixedTime(Date.from(server.clock().instant()));
    window.signIn("mei");
    return window;
  }

  private void save(Window window, String file) {
    assertThat(window.message("prints the whole table")).isVisible();
    window.page().waitForTimeout(500);
    window.page().screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(file)));
  }

  private void at(Instant time) {
    server.clock().advance(Duration.between(server.clock().instant(), time));
  }

  private void fill() {
    Person ada = person("ada", "Ada Lindqvist");
    Person tom = person("tom", "Tom Okafor");
    Person mei = person("mei", "Mei Tanaka");
    Person jonas = person("jonas", "Jonas Weber");
    String design = room(mei, "Design", "public", tom);
    String kitchen = room(tom, "Kitchen", "public", mei, ada);
    String launch = room(ada, "Launch", "public", tom, mei, jonas);
    ada.call(
        "conversations.update",
        with("id", launch).put("topic", "Everything for the first of April"));
    ada.call("conversations.invite", with("id", launch).put("account", guide(ada)));
    room(jonas, "Operations", "private", mei);

    yesterday(launch, ada, tom, mei, jonas);
    at(MORNING);
    today(launch, ada, tom, jonas);
    long read =
        mei.call("conversations.get", with("id", launch)).at("/conversation/lastSeq").longValue();
    mei.call("reads.mark", with("conversation", launch).put("seq", read));
    say(ada, kitchen, "Soup today?");
    say(tom, kitchen, "@mei you owe us a cake 🎂");
    say(tom, design, "New icons are up.");
    String direct = create(ada, with("kind", "direct").put("with", mei.id()));
    say(ada, direct, "Do you have ten minutes this afternoon?");
  }

  private void yesterday(String room, Person ada, Person tom, Person mei, Person jonas) {
    String question =
        say(
            tom,
            room,
            "How do we write to the waiting list? About **1,200 people**, not all at once please.");
    say(
        mei,
        with("conversation", room)
            .put(
                "content", "In batches of a hundred an hour. Then we see bounces before they hurt.")
            .put("replyTo", question));
    String plan =
        say(mei, room, "Something like:\n```\nbatch: 100\npause: 1h\nstop_on_bounces: 5%\n```");
    react(ada, plan, "🎉");
    react(tom, plan, "👍");
    react(jonas, plan, "👍");
  }

  private void today(String room, Person ada, Person tom, Person jonas) {
    String slip = say(jonas, room, "wrong window, sorry");
    jonas.call("messages.delete", with("id", slip));
    say(
        jonas,
        room,
        "Load test is through: the slowest reader cost *only itself*."
            + " Details in https://bench.example.org/run/42.");
    String lovely =
        say(ada, room, "That is lovely. @jonas please put the chart into the release notes.");
    react(jonas, lovely, "❤️");
    say(tom, room, "`./parley load` prints the whole table.");
  }

  /** Somebody with exactly this name. */
  private record Person(TestServer server, String id, String token) {
    JsonNode call(String function, ObjectNode params) {
      Http.Reply reply = server.http(token).post("/api/call/" + function, params.toString());
      if (reply.status() >= 300) {
        throw new AssertionError(function + " was refused: " + reply.raw().body());
      }
      return reply.body();
    }
  }

  private Person person(String name, String displayName) {
    ObjectNode account = with("name", name).put("password", User.PASSWORD);
    server.http().post("/api/accounts", account.put("displayName", displayName).toString());
    JsonNode session =
        server
            .http()
            .post("/api/sessions", with("name", name).put("password", User.PASSWORD).toString())
            .body();
    return new Person(
        server, session.at("/account/id").stringValue(), session.path("token").stringValue());
  }

  private static ObjectNode with(String field, String value) {
    return Json.MAPPER.createObjectNode().put(field, value);
  }

  private static String guide(Person person) {
    return person
        .call("personas.list", Json.MAPPER.createObjectNode())
        .at("/items/0/id")
        .stringValue();
  }

  private static String create(Person by, ObjectNode conversation) {
    return by.call("conversations.create", conversation).at("/conversation/id").stringValue();
  }

  private static String room(Person by, String title, String visibility, Person... members) {
    String room =
        create(by, with("kind", "room").put("title", title).put("visibility", visibility));
    for (Person member : members) {
      by.call("conversations.invite", with("id", room).put("account", member.id()));
    }
    return room;
  }

  private String say(Person by, String conversation, String text) {
    return say(by, with("conversation", conversation).put("content", text));
  }

  private String say(Person by, ObjectNode message) {
    server.clock().advance(Duration.ofMinutes(3));
    return by.call("messages.post", message).at("/message/id").stringValue();
  }

  private static void react(Person by, String message, String emoji) {
    by.call("messages.react", with("id", message).put("emoji", emoji).put("on", true));
  }
}
