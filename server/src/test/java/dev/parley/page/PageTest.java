package dev.parley.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.testing.Database;
import dev.parley.testing.ModelServer;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageTest {
  private Chromium chromium;
  private ModelServer model;
  private TestServer server;
  private URI here;

  @BeforeAll
  void start() {
    chromium = Chromium.start();
    model = new ModelServer(ModelServer.Protocol.OPENAI);
    server = TestServer.start(Database.SQLITE, model.settings());
    here = server.uri("/");
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
      model.close();
    }
  }

  @Test
  void two_people_sign_up_and_talk_in_a_room_that_one_of_them_made() {
    Window anna = chromium.window(here);
    Window ben = chromium.window(here);
    anna.signUp("anna", "Anna");
    ben.signUp("ben", "Ben");
    anna.makeRoom("Garden");
    anna.invite("ben");
    ben.open("Garden");
    anna.say("Are you there?");
    ben.sees("Are you there?");
    ben.say("Yes, I am.");
    anna.sees("Yes, I am.");
    assertThat(anna.message("Are you there?").getByText("Sending…")).hasCount(0);
  }

  @Test
  void typing_is_shown_until_the_message_comes() {
    Pair pair = talking("Typing");
    pair.one.composer().pressSequentially("Let me th");
    pair.other.reads(pair.nameOfOne + " is typing…");
    pair.one.composer().press("Enter");
    pair.other.sees("Let me th");
    assertThat(pair.other.page().getByText("is typing…")).hasCount(0);
  }

  @Test
  void reactions_count_people_and_can_be_taken_back() {
    Pair pair = talking("Reactions");
    pair.one.say("We did it!");
    pair.other.act("We did it!", "React with 🎉");
    Locator seen = pair.one.message("We did it!").getByRole(AriaRole.BUTTON, chip("🎉 1"));
    assertThat(seen).hasAttribute("aria-pressed", "false");
    seen.click();
    Locator both = pair.other.message("We did it!").getByRole(AriaRole.BUTTON, chip("🎉 2"));
    both.click();
    assertThat(seen).hasAttribute("aria-pressed", "true");
  }

  @Test
  void a_reply_shows_what_it_answers_and_leads_there() {
    Pair pair = talking("Replies");
    pair.one.say("Who brings tea?");
    pair.other.sees("Who brings tea?");
    pair.other.act("Who brings tea?", "Reply");
    pair.other.say("I do.");
    Locator quote = pair.one.message("I do.").getByRole(AriaRole.BUTTON, chip("Who brings tea?"));
    quote.click();
    assertThat(pair.one.message("Who brings tea?")).isFocused();
  }

  @Test
  void an_edit_and_a_deletion_arrive_in_the_other_window() {
    Pair pair = talking("Second thoughts");
    pair.one.say("Lunch at tweve");
    pair.other.sees("Lunch at tweve");
    pair.one.act("Lunch at tweve", "Edit");
    Locator editor = pair.one.page().getByLabel("Edit message");
    editor.fill("Lunch at twelve");
    editor.press("Enter");
    pair.other.sees("Lunch at twelve");
    pair.other.reads("(edited)");

    pair.one.act("Lunch at twelve", "Delete");
    pair.one.confirm("Delete").click();
    pair.other.sees("This message was deleted");
    assertThat(pair.other.message("Lunch at twelve")).hasCount(0);
  }

  @Test
  void only_a_moderator_may_delete_what_somebody_else_wrote() {
    Pair pair = talking("Order");
    pair.one.say("From the moderator");
    pair.other.sees("From the moderator");
    pair.other.message("From the moderator").hover();
    assertThat(toolOf(pair.other, "From the moderator", "Delete")).hasCount(0);
    pair.other.say("From a member");
    pair.one.sees("From a member");
    pair.one.message("From a member").hover();
    assertThat(toolOf(pair.one, "From a member", "Delete")).isVisible();
    assertThat(toolOf(pair.one, "From a member", "Edit")).hasCount(0);
  }

  @Test
  void what_is_searched_is_found_and_shown_where_it_was_said() {
    User ada = server.user("ada");
    String room = ada.room("Library");
    ada.post(room, "The first edition is in the cellar");
    for (int i = 0; i < 150; i++) {
      ada.post(room, "line " + i);
    }
    Window window = chromium.window(here, ada);
    window.open("Library");
    window.sees("line 149");
    window.button("Search").click();
    window.page().getByRole(AriaRole.SEARCHBOX).fill("cellar");
    window.page().getByRole(AriaRole.LINK, Window.named("first edition")).click();
    assertThat(window.message("first edition")).isVisible();
    assertThat(window.message("first edition")).isFocused();
    assertThat(window.message("line 149")).hasCount(0);
    window.button("Newest messages").click();
    window.sees("line 149");
  }

  @Test
  void the_list_counts_what_is_unread_until_it_is_read() {
    Pair pair = talking("Counting");
    pair.one.say("This is read at once");
    pair.other.sees("This is read at once");
    assertThat(pair.other.entry("Counting").getByLabel("unread")).hasCount(0);
    pair.other.page().getByRole(AriaRole.LINK, Window.named("Parley")).click();
    pair.one.say("One for you, @" + pair.nameOfOther);
    pair.one.say("And another");
    assertThat(pair.other.entry("Counting").getByLabel("2 unread messages")).isVisible();
    pair.other.reads("mentioned you in Counting");
    assertThat(pair.other.page()).hasTitle(java.util.regex.Pattern.compile("^\\(2\\)"));
    pair.other.open("Counting");
    assertThat(pair.other.page().getByRole(AriaRole.SEPARATOR, Window.named("New messages")))
        .isVisible();
    assertThat(pair.other.entry("Counting").getByLabel("unread")).hasCount(0);
  }

  @Test
  void a_visitor_reads_a_public_room_and_joins_it() {
    User host = server.user("host");
    host.post(host.room("Open house"), "Everybody is welcome");
    Window guest = chromium.window(here, server.user("guest"));
    guest.button("Browse rooms").first().click();
    guest.page().getByRole(AriaRole.COMBOBOX).fill("open h");
    guest.page().getByRole(AriaRole.OPTION, Window.named("Open house")).click();
    guest.sees("Everybody is welcome");
    assertThat(guest.composer()).hasCount(0);
    guest.button("Join the room").click();
    guest.say("Thank you");
    guest.sees("Thank you");
    assertThat(guest.entry("Open house")).isVisible();
  }

  @Test
  void a_persona_answers_in_a_direct_conversation() {
    Window window = chromium.window(here, server.user("curious"));
    window.button("New direct message").click();
    window.page().getByRole(AriaRole.COMBOBOX).fill("guide");
    window.page().getByRole(AriaRole.OPTION, Window.named("Guide")).click();
    assertThat(window.heading("Guide")).isVisible();
    window.say("What can you do?");
    assertThat(window.message("I can tell you")).isVisible();
  }

  private static String persona(User owner, String name, String brain) {
    return owner
        .call("personas.create", "{name: '%s', brain: '%s'}".formatted(name, brain))
        .at("/persona/id")
        .stringValue();
  }

  /** A window of somebody who talks with a new persona alone. */
  private Window withPersona(String name, String brain) {
    User user = server.user("curious");
    user.call("personas.converse", "{persona: '%s'}".formatted(persona(user, name, brain)));
    Window window = chromium.window(here, user);
    window.open(name);
    return window;
  }

  @Test
  void a_persona_shows_what_it_thinks_of_whoever_looks_and_why() {
    Window window = withPersona("moody", "scripted");
    window.button("Members").click();
    Locator feelings = window.page().getByRole(AriaRole.REGION, Window.named("How moody feels"));
    assertThat(feelings).containsText("Calm mood");
    assertThat(feelings).containsText("It has answered nothing of yours yet.");
    window.say("Thank you, you are wonderful!");
    assertThat(feelings).containsText("Good mood");
    assertThat(feelings).containsText("By 1 message of yours: 1 kind, 1 with thanks.");
    Locator why = feelings.getByText("how kind and how unkind the words were");
    assertThat(why).isHidden();
    feelings.locator("summary", new Locator.LocatorOptions().setHasText("Affinity")).press("Enter");
    assertThat(why).isVisible();
    window.say("You are a stupid, useless idiot");
    assertThat(feelings).containsText("By 2 messages of yours: 1 kind, 1 unkind, 1 with thanks.");
  }

  @Test
  void an_answer_that_is_being_written_can_be_stopped_and_the_next_one_comes() {
    Window window = withPersona("chatty", model.brain());
    model.saysSlowly(Duration.ofSeconds(60), "Once upon a time. ".repeat(30).split("(?<= )"));
    window.say("Tell me all");
    window.reads("chatty is writing…");
    Locator draft = window.page().getByText("Once");
    assertThat(draft).isVisible();
    window.button("Stop").click();
    assertThat(draft).hasCount(0);
    assertThat(window.button("Stop")).hasCount(0);
    assertThat(window.composer()).isFocused();
    model.says("Short.");
    window.say("In short, then");
    window.sees("Short.");
  }

  @Test
  void two_answers_at_once_are_two_drafts_and_everybody_stops_their_own() {
    persona(server.user("owner"), "busy", model.brain());
    model.saysSlowly(Duration.ofSeconds(60), "Once upon a time. ".repeat(30).split("(?<= )"));
    Pair pair = talking("Stories");
    pair.one.button("Invite").click();
    pair.one.page().getByRole(AriaRole.COMBOBOX).fill("busy");
    pair.one.page().getByRole(AriaRole.OPTION, Window.named("busy")).click();
    pair.one.reads("busy is a member now.");
    pair.one.say("@busy tell me all");
    pair.other.reads("busy is writing…");
    assertThat(pair.other.button("Stop")).hasCount(0);
    pair.other.say("@busy tell me, too");
    Locator drafts = pair.one.page().locator("parley-history .draft");
    assertThat(drafts).hasCount(2);
    pair.one.button("Stop").click();
    assertThat(drafts).hasCount(1);
    assertThat(pair.one.button("Stop")).hasCount(0);
    pair.other.button("Stop").click();
    assertThat(drafts).hasCount(0);
  }

  @Test
  void why_a_persona_does_not_answer_is_said_to_whoever_asked() {
    Window window = withPersona("silent", model.brain());
    model.fails(401);
    window.say("Are you there?");
    window.reads("The model answered with an error.");
    assertThat(window.page().getByText("is thinking…")).hasCount(0);
  }

  @Test
  void hostile_text_stays_text() {
    Pair pair = talking("Hostile");
    String text =
        "<img src=x onerror=alert(1)> [a](javascript:alert(2)) https://example.org/?a=<b>";
    pair.one.say(text);
    pair.other.sees("<img src=x onerror=alert(1)>");
    Locator message = pair.other.message("<img");
    assertThat(message.locator("img")).hasCount(0);
    assertThat(message.getByRole(AriaRole.LINK)).hasCount(1);
    assertThat(message.getByRole(AriaRole.LINK)).hasAttribute("href", "https://example.org/?a=");
  }

  @Test
  void what_the_server_refuses_is_said_in_its_words() {
    Window window = chromium.window(here);
    server.user("taken");
    window.visit("#/join/no-such-code");
    window.page().getByLabel("Name").first().fill("late");
    window.page().getByLabel("Password").fill(User.PASSWORD);
    window.button("Create account").click();
    assertThat(window.page().getByRole(AriaRole.ALERT)).not().isEmpty();
    assertThat(window.page().getByRole(AriaRole.ALERT).textContent()).contains("nvitation");
  }

  /** Two members of a room, each with the room open. */
  private record Pair(Window one, Window other, String nameOfOne, String nameOfOther) {}

  private Pair talking(String title) {
    User one = server.user("one");
    User other = server.user("other");
    String room = one.room(title);
    other.join(room);
    Window left = chromium.window(here, one);
    Window right = chromium.window(here, other);
    left.open(title);
    right.open(title);
    assertThat(right.composer()).isFocused();
    return new Pair(left, right, one.name(), other.name());
  }

  private static Locator toolOf(Window window, String message, String tool) {
    return window
        .message(message)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(tool).setExact(true));
  }

  private static Locator.GetByRoleOptions chip(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }
}
