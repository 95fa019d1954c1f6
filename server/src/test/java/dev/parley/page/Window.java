package dev.parley.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.testing.User;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One person's browser window: what they do and what they see. */
final class Window implements AutoCloseable {
  /** What a browser says of a server that is away; everything else that it says is a fault. */
  private static final Pattern OF_THE_NETWORK =
      Pattern.compile("Failed to load resource|WebSocket connection to");

  private final Page page;
  private final URI server;
  private final List<String> complaints = new ArrayList<>();

  Window(Page page, URI server) {
    this.page = page;
    this.server = server;
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && !OF_THE_NETWORK.matcher(message.text()).find()) {
        complaints.add(message.text());
      }
    });
  }

  Page page() {
    return page;
  }

  void visit(String hash) {
    page.navigate(server.resolve("/" + hash).toString());
  }

  void signUp(String name, String displayName) {
    visit("");
    button("Create an account").click();
    field("Name").fill(name);
    page.getByLabel("Display name").fill(displayName);
    page.getByLabel("Password").fill(User.PASSWORD);
    button("Create account").click();
    assertThat(heading("Welcome, " + displayName)).isVisible();
  }

  void signIn(User user) {
    signIn(user.name());
  }

  void signIn(String name) {
    visit("");
    field("Name").fill(name);
    page.getByLabel("Password").fill(User.PASSWORD);
    button("Sign in").click();
    assertThat(page.getByRole(AriaRole.NAVIGATION)).isVisible();
  }

  /** Goes to a conversation of the list. */
  void open(String title) {
    entry(title).click();
    assertThat(heading(title)).isVisible();
  }

  /** Makes a room and goes there. */
  void makeRoom(String title) {
    button("New room").click();
    field("Name").fill(title);
    button("Create room").click();
    assertThat(heading(title)).isVisible();
  }

  void invite(String name) {
    button("Invite").click();
    page.getByRole(AriaRole.COMBOBOX).fill(name);
    page.getByRole(AriaRole.OPTION, named("@" + name)).click();
  }

  void say(String text) {
    composer().fill(text);
    composer().press("Enter");
  }

  void act(String messageText, String action) {
    Locator message = message(messageText);
    message.hover();
    message.getByRole(AriaRole.BUTTON, exactlyIn(action)).click();
  }

  /** Sees a message, once. */
  void sees(String messageText) {
    assertThat(message(messageText)).isVisible();
    assertThat(message(messageText)).hasCount(1);
  }

  void reads(String text) {
    assertThat(page.getByText(text)).isVisible();
  }

  Locator composer() {
    return page.getByRole(
        AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^Message ")));
  }

  Locator message(String text) {
    return page.getByRole(AriaRole.ARTICLE, named(text));
  }

  Locator entry(String title) {
    return page.getByRole(AriaRole.NAVIGATION).getByRole(AriaRole.LINK, in(title));
  }

  /** The button of a question that is to be answered first. */
  Locator confirm(String action) {
    return page.locator("parley-confirm").getByRole(AriaRole.BUTTON, exactlyIn(action));
  }

  Locator heading(String text) {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setLevel(1));
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** A field by its label, which may go on with a hint. */
  private Locator field(String label) {
    return page.getByRole(
        AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(Pattern.compile("^" + label)));
  }

  static Page.GetByRoleOptions named(String text) {
    return new Page.GetByRoleOptions().setName(text);
  }

  private static Locator.GetByRoleOptions in(String text) {
    return new Locator.GetByRoleOptions().setName(text);
  }

  private static Locator.GetByRoleOptions exactlyIn(String text) {
    return new Locator.GetByRoleOptions().setName(text).setExact(true);
  }

  @Override
  public void close() {
    page.context().close();
    assertThat(complaints).isEmpty();
  }
}
