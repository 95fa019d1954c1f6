package dev.parley.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.parley.testing.Database;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a lost connection means to those who are writing just then: a line on the page, no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostConnectionTest {
  /** Longer than the longest pause between two attempts that these tests get to. */
  private static final double PATIENCE_MS = 20_000;

  private Chromium chromium;
  private TestServer server;
  private Line line;
  private User ada;
  private User bob;
  private String room;

  @BeforeAll
  void start() {
    chromium = Chromium.start();
    server = TestServer.start(Database.SQLITE);
  }

  @BeforeEach
  void makeRoom() {
    line = new Line(server.port());
    ada = server.user("ada");
    bob = server.user("bob");
    room = ada.room("Shore");
    bob.join(room);
  }

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
    line.close();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
      server.close();
    }
  }

  @Test
  void a_message_written_meanwhile_is_sent_when_the_connection_is_back_once() {
    Window away = chromium.window(line.uri(), ada);
    Window there = chromium.window(server.uri("/"), bob);
    away.open("Shore");
    there.open("Shore");

    line.cut();
    away.reads("Connection lost");
    away.say("Written on the island");
    away.say("And a second one");
    assertThat(away.page().getByText("Will be sent when the connection is back")).hasCount(2);
    bob.post(room, "Where are you?");

    line.mend();
    soon(away.page().getByText("Connected again."));
    soon(there.message("And a second one"));
    there.sees("Written on the island");
    away.sees("Written on the island");
    away.sees("And a second one");
    away.sees("Where are you?");
    assertThat(away.page().getByText("Will be sent")).hasCount(0);
  }

  @Test
  void a_message_whose_acknowledgement_got_lost_is_not_doubled() {
    Window away = chromium.window(line.uri(), ada);
    Window there = chromium.window(server.uri("/"), bob);
    away.open("Shore");
    there.open("Shore");

    line.loseAnswers();
    away.say("Did this arrive?");
    there.sees("Did this arrive?");
    assertThat(away.page().getByText("Sending…")).isVisible();

    line.cut();
    away.reads("Connection lost");
    line.mend();
    soon(away.page().getByText("Connected again."));
    assertThat(away.page().getByText("Sending…")).hasCount(0);
    away.say("So it did.");
    there.sees("So it did.");
    there.sees("Did this arrive?");
    away.sees("Did this arrive?");
  }

  @Test
  void what_was_not_sent_outlives_a_reload_of_the_page() {
    Window away = chromium.window(line.uri(), ada);
    away.open("Shore");
    away.say("Before");
    away.sees("Before");
    line.cut();
    away.reads("Connection lost");
    away.say("Unsent");
    line.mend();
    away.page().reload();
    soon(away.message("Unsent"));
    soon(away.page().getByText("Before"));
    assertThat(away.page().getByText("Will be sent")).hasCount(0);
    org.assertj.core.api.Assertions.assertThat(
            ada.call("messages.list", "{conversation: '%s'}".formatted(room)).path("items"))
        .extracting(message -> message.path("content").stringValue())
        .containsExactly("Before", "Unsent");
  }

  @Test
  void after_a_restart_of_the_server_the_page_goes_on_by_itself() {
    Window window = chromium.window(server.uri("/"), ada);
    window.open("Shore");
    window.say("Before the restart");
    window.sees("Before the restart");
    server.restart();
    window.say("After the restart");
    soon(window.message("After the restart"));
    bob.post(room, "Welcome back");
    soon(window.message("Welcome back"));
    window.sees("After the restart");
    assertThat(window.page().getByText("Sending…")).hasCount(0);
  }

  @Test
  void a_session_that_was_closed_elsewhere_ends_here_and_does_not_come_back_by_itself() {
    Window window = chromium.window(server.uri("/"), ada);
    window.open("Shore");
    ada.call("sessions.list", "{}")
        .path("items")
        .forEach(session -> {
          if (!session.path("current").booleanValue()) {
            ada.call("sessions.revoke", "{id: '%s'}".formatted(session.path("id").stringValue()));
          }
        });
    soon(window.page().getByText("You have been signed out"));
    window.button("Sign in again").click();
    assertThat(window.page().getByLabel("Password")).isVisible();
  }

  private static void soon(Locator what) {
    assertThat(what).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
  }
}
