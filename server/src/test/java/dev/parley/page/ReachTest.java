package dev.parley.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.parley.functions.Json;
import dev.parley.testing.Database;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page without a mouse, on a phone, in the dark, and far up in a long history. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReachTest {
  /** The scrolling part of the history and the first row that can be seen in it. */
  private static final String PLACE =
      """
      scroller => {
        const top = scroller.getBoundingClientRect().top;
        const rows = [...scroller.querySelectorAll('parley-message')];
        const first = rows.find(row => row.getBoundingClientRect().bottom > top + 1);
        return JSON.stringify({text: first.getAttribute('aria-label'),
          y: Math.round(first.getBoundingClientRect().top - top), rows: rows.length});
      }\
      """;

  private Chromium chromium;
  private TestServer server;

  @BeforeAll
  void start() {
    chromium = Chromium.start();
    server = TestServer.start(Database.SQLITE);
  }

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
      server.close();
    }
  }

  @Test
  void history_loads_upward_and_keeps_the_place_that_is_being_read() {
    User ada = server.user("ada");
    String room = ada.room("Archive");
    for (int i = 0; i < 180; i++) {
      ada.post(room, "entry " + i + "\nwith a second line");
    }
    Window window = chromium.window(server.uri("/"), ada);
    window.open("Archive");
    window.sees("entry 179");
    Locator scroller = window.page().locator("parley-history .scroller");
    assertThat(place(scroller).rows()).isEqualTo(50);

    scroller.evaluate("scroller => { scroller.scrollTop = 400 }");
    Place before = place(scroller);
    assertThat(window.page().locator("parley-message")).hasCount(100);
    Place after = place(scroller);
    assertThat(after.text()).isEqualTo(before.text());
    assertThat(after.y()).isBetween(before.y() - 1, before.y() + 1);

    ada.post(room, "news while reading above");
    assertThat(window.page().locator("parley-message")).hasCount(101);
    assertThat(place(scroller).text()).isEqualTo(before.text());
    window.button("Newest messages").click();
    assertThat(window.message("news while reading above")).isInViewport();
  }

  private record Place(String text, int y, int rows) {}

  private static Place place(Locator scroller) {
    return Json.MAPPER.readValue((String) scroller.evaluate(PLACE), Place.class);
  }

  @Test
  void everything_can_be_done_with_the_keyboard_alone() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    String room = ada.room("Keyboard");
    bob.join(room);
    bob.post(room, "Which key was it?");
    Window window = chromium.window(server.uri("/"));
    Keyboard keyboard = window.page().keyboard();
    window.visit("");
    assertThat(window.page().getByLabel("Name")).isFocused();
    keyboard.type(ada.name());
    keyboard.press("Tab");
    keyboard.type(User.PASSWORD);
    keyboard.press("Enter");

    assertThat(window.entry("Keyboard")).isVisible();
    keyboard.press("ControlOrMeta+k");
    assertThat(window.page().getByRole(AriaRole.COMBOBOX)).isFocused();
    keyboard.type("keyb");
    keyboard.press("Enter");
    assertThat(window.composer()).isFocused();

    keyboard.type("First line");
    keyboard.press("Shift+Enter");
    keyboard.type("second line");
    keyboard.press("Enter");
    window.sees("First line second line");
    assertThat(window.page().getByText("Sending…")).hasCount(0);
    keyboard.press("ArrowUp");
    assertThat(window.page().getByLabel("Edit message")).isFocused();
    keyboard.type(", edited");
    keyboard.press("Enter");
    window.sees("First line second line, edited");
    assertThat(window.composer()).isFocused();

    keyboard.press("Shift+Tab");
    assertThat(window.message("First line")).isFocused();
    keyboard.press("ArrowUp");
    assertThat(window.message("Which key was it?")).isFocused();
    keyboard.press("+");
    keyboard.type("rocket");
    keyboard.press("Enter");
    assertThat(window.message("Which key was it?").getByText("🚀")).isVisible();
    window.message("Which key was it?").focus();
    keyboard.press("r");
    window.reads("Replying to");
    keyboard.type("This one");
    keyboard.press("Enter");
    window.sees("This one");
    assertThat(window.page().getByText("Sending…")).hasCount(0);
    keyboard.press("Shift+Tab");
    keyboard.press("Delete");
    assertThat(window.confirm("Delete")).isFocused();
    keyboard.press("Enter");
    window.sees("This message was deleted");
    keyboard.press("ControlOrMeta+Shift+f");
    assertThat(window.page().getByRole(AriaRole.SEARCHBOX)).isFocused();
    keyboard.press("Escape");
    assertThat(window.composer()).isFocused();
  }

  @Test
  void on_a_phone_the_list_and_the_conversation_are_two_screens() {
    User ada = server.user("ada");
    ada.post(ada.room("Pocket"), "Small but complete");
    Window phone = chromium.phone(server.uri("/"));
    phone.signIn(ada);
    assertThat(phone.page().getByRole(AriaRole.MAIN)).isHidden();
    phone.open("Pocket");
    phone.sees("Small but complete");
    assertThat(phone.page().getByRole(AriaRole.NAVIGATION)).isHidden();
    phone.say("Written with thumbs");
    phone.sees("Written with thumbs");
    phone.message("Small but complete").tap();
    phone
        .message("Small but complete")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("React with 👍"))
        .tap();
    assertThat(phone.message("Small but complete").getByLabel("👍 1, you")).isVisible();
    Object overflow =
        phone.page().evaluate("() => document.documentElement.scrollWidth > innerWidth");
    assertThat(overflow).isEqualTo(false);
    phone.page().getByRole(AriaRole.LINK, Window.named("Back to the list")).tap();
    assertThat(phone.entry("Pocket")).isVisible();
  }

  @Test
  void it_is_dark_where_the_system_is_dark_and_a_choice_outlives_a_reload() {
    Window window = chromium.window(server.uri("/"), server.user("ada"));
    Locator body = window.page().locator("body");
    String light = "rgb(253, 252, 250)";
    String dark = "rgb(27, 29, 30)";
    window.page().emulateMedia(scheme(ColorScheme.LIGHT));
    assertThat(body).hasCSS("background-color", light);
    window.page().emulateMedia(scheme(ColorScheme.DARK));
    assertThat(body).hasCSS("background-color", dark);
    window.page().getByRole(AriaRole.BUTTON, Window.named("Settings of")).click();
    window
        .page()
        .getByText("Light", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
        .click();
    assertThat(body).hasCSS("background-color", light);
    window.page().reload();
    assertThat(body).hasCSS("background-color", light);
  }

  private static com.microsoft.playwright.Page.EmulateMediaOptions scheme(ColorScheme scheme) {
    return new com.microsoft.playwright.Page.EmulateMediaOptions().setColorScheme(scheme);
  }
}
