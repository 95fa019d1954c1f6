package dev.parley.conversations;

import static dev.parley.functions.Function.named;

import dev.parley.accounts.PersonalData;
import dev.parley.calls.Call;
import dev.parley.calls.Mark;
import dev.parley.calls.Offered;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.conversations.emotion.Lexicon;
import dev.parley.delivery.Connections;
import dev.parley.delivery.Topics;
import dev.parley.functions.Registry;
import dev.parley.history.Keeping;
import dev.parley.history.Subject;
import dev.parley.store.Store;
import dev.parley.wire.Ids;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Projects, rooms, direct conversations, members and messages: their functions. */
public final class Conversations {
  private final Access access;
  private final Projects projects;
  private final Rooms rooms;
  private final RoomChanges roomChanges;
  private final Memberships memberships;
  private final Moderation moderation;
  private final Posting posting;
  private final Revising revising;
  private final Reading reading;
  private final ReadMarks readMarks;
  private final Search search;
  private final SearchIndex searchIndex;
  private final Typing typing;
  private final Availability availability;
  private final Unread unread;
  private final Holdings holdings;
  private final Emotions emotions;
  private final EmotionHistory emotionHistory;
  private final Escalations escalations;

  /**
   * @param lexicon what the messages of people are scored by; empty if they are not
   */
  public Conversations(
      Store store,
      Topics topics,
      Connections connections,
      Keeping keeping,
      Executor virtualThreads,
      Ids ids,
      InstantSource clock,
      Optional<Lexicon> lexicon) {
    this.access = new Access(store, clock);
    Mentions mentions = new Mentions(store);
    Scoring scoring = new Scoring(lexicon);
    this.emotions = new Emotions(store, access);
    this.emotionHistory = new EmotionHistory(store);
    this.escalations = new Escalations(store, clock, connections, virtualThreads);
    this.unread = new Unread(store, connections);
    this.availability = new Availability(store, topics, connections, virtualThreads);
    this.projects = new Projects(store, ids, clock, keeping);
    this.rooms = new Rooms(store, ids, clock, access, connections, keeping);
    this.roomChanges = new RoomChanges(store, clock, access, topics, keeping, rooms);
    this.memberships = new Memberships(store, clock, access, topics, connections, availability);
    this.moderation = new Moderation(store, clock, access, topics, memberships);
    this.posting =
        new Posting(
            store,
            ids,
            clock,
            access,
            mentions,
            connections,
            unread,
            scoring,
            new Escalating(ids),
            escalations);
    this.revising = new Revising(store, clock, access, mentions, topics, unread, scoring);
    this.reading = new Reading(store, access, topics);
    this.readMarks = new ReadMarks(store, access, topics, unread);
    WordIndex words = WordIndex.of(store.dialect());
    this.search = new Search(store, words);
    this.searchIndex = new SearchIndex(store, words);
    this.typing = new Typing(access, topics, clock);
    this.holdings = new Holdings(store, clock, topics, revising);
  }

  /** What has a history here: projects and rooms. */
  public List<Subject<?>> subjects() {
    return List.of(projects, roomChanges);
  }

  /** What conversations hold of an account. */
  public PersonalData holdings() {
    return holdings;
  }

  /**
   * Names the one who hears of posted messages; called on the poster's thread, after the commit.
   */
  public void onPosted(Consumer<Message> listener) {
    posting.listen(listener::accept);
  }

  /** The caller's direct conversation with somebody: the one there is, or a new one. */
  public Conversation direct(Call call, String other) {
    return rooms.create(call, Rooms.Create.direct(other)).conversation();
  }

  /** Posts a message of the caller's. */
  public Message post(Call call, String conversation, String content, String clientId) {
    return posting
        .post(
            call, new Posting.Post(conversation, content, Optional.of(clientId), Optional.empty()))
        .message();
  }

  /** Makes somebody a member of a room, if the caller may. */
  public Conversation invite(Call call, String room, String other) {
    memberships.invite(call, new Memberships.Invite(room, other));
    return rooms.get(call, new Rooms.ById(room)).conversation();
  }

  /**
   * Requires that the caller may read a conversation.
   *
   * @throws dev.parley.wire.Refusal {@code not_found}
   */
  public void requireReadable(Call call, String conversation) {
    access.readable(call.caller(), conversation);
  }

  /**
   * A message that the caller may read.
   *
   * @throws dev.parley.wire.Refusal {@code not_found}
   */
  public Message message(Call call, String id) {
    return reading.get(call, new Reading.ById(id)).message();
  }

  /**
   * Those of some messages that are in a conversation, by id, if the caller may read it.
   *
   * @throws dev.parley.wire.Refusal {@code not_found}
   */
  public Map<String, Message> messages(Call call, String conversation, Collection<String> ids) {
    return reading.some(call, conversation, ids);
  }

  /**
   * The last messages before a seq, ascending, if the caller may read them.
   *
   * @param limit 1 to 100
   */
  public List<Message> before(Call call, String conversation, long seq, int limit) {
    return reading.list(call, Reading.ListMessages.before(conversation, seq, limit)).items();
  }

  /** Names one more who made something from messages, which goes or changes with them. */
  public void onRevised(Derived derived) {
    revising.tell(derived);
  }

  /** What is done a few times a second: unread counts, typing that ends, the search index. */
  public List<Runnable> sweeps() {
    return List.of(unread::sweep, typing::sweep, searchIndex::sweep);
  }

  public void register(Registry<Call> registry) {
    registerProjects(registry);
    registerRooms(registry);
    new Members(memberships, moderation).register(registry);
    new Messages(posting, revising, reading, readMarks, search).register(registry);
    registerLive(registry);
    new Wellbeing(emotions, emotionHistory, escalations).register(registry);
  }

  private void registerProjects(Registry<Call> registry) {
    registry.add(
        named("projects.create", Projects.Create.class, Projects.One.class)
            .described("Create a project", "Makes a group for rooms.")
            .with(Permission.WRITE, Route.create("/projects"))
            .handledBy(projects::create));
    registry.add(
        named("projects.list", Projects.Listed.class, Projects.Several.class)
            .described("List projects", "All projects, oldest first.")
            .readOnly()
            .with(Permission.READ, Route.get("/projects"))
            .handledBy(projects::list));
    registry.add(
        named("projects.get", Projects.ById.class, Projects.One.class)
            .described("Get a project", "One project by its id.")
            .readOnly()
            .with(Permission.READ, Route.get("/projects/{id}"))
            .handledBy(projects::get));
    registry.add(
        named("projects.update", Projects.Update.class, Projects.One.class)
            .described("Change a project", "Sets the name or description of a project.")
            .idempotent()
            .with(Permission.WRITE, Route.patch("/projects/{id}"))
            .handledBy(projects::update));
  }

  private void registerRooms(Registry<Call> registry) {
    registry.add(
        named("conversations.create", Rooms.Create.class, Rooms.One.class)
            .described(
                "Create a conversation",
                "Makes a room, or a direct conversation with somebody (the existing one, if there"
                    + " is one).")
            .with(Offered.TOOL, Permission.WRITE, Route.create("/conversations"))
            .handledBy(rooms::create));
    registry.add(
        named("conversations.list", Rooms.Listed.class, Rooms.Several.class)
            .described(
                "List conversations",
                "Conversations that the caller may read, with unread counts where a member.")
            .readOnly()
            .with(
                Offered.TOOL,
                new Offered.Listing("conversations/{id}"),
                Permission.READ,
                Route.get("/conversations"))
            .handledBy(rooms::list));
    registry.add(
        named("conversations.get", Rooms.ById.class, Rooms.Got.class)
            .described("Get a conversation", "One conversation, and the place in its log.")
            .readOnly()
            .with(
                Offered.TOOL,
                new Offered.Resource("conversations/{id}", true),
                Permission.READ,
                Route.get("/conversations/{id}"))
            .handledBy(rooms::get));
    registry.add(
        named("conversations.update", RoomChanges.Update.class, Rooms.One.class)
            .described("Change a room", "Sets title, topic, visibility, project or archived.")
            .idempotent()
            .with(Permission.WRITE, Route.patch("/conversations/{id}"))
            .handledBy(roomChanges::update));
  }

  private void registerLive(Registry<Call> registry) {
    registry.add(
        named("conversations.subscribe", Reading.Subscribe.class, Reading.Subscribed.class)
            .described(
                "Follow a conversation",
                "Events from now on, or from a seq on: first from the log, then live, no gap.")
            .with(Permission.READ, Mark.SOCKET_ONLY)
            .handledBy(reading::subscribe));
    registry.add(
        named("conversations.unsubscribe", Reading.Unsubscribe.class, Reading.Nothing.class)
            .described("Stop following", "Ends this socket's events of a conversation.")
            .idempotent()
            .with(Permission.READ, Mark.SOCKET_ONLY)
            .handledBy(reading::unsubscribe));
    registry.add(
        named("typing.set", Typing.Set.class, Typing.Nothing.class)
            .described("I am writing", "Tells the others; ends by itself after six seconds.")
            .idempotent()
            .with(Permission.WRITE, Mark.SOCKET_ONLY)
            .handledBy(typing::set));
    registry.add(
        named("presence.set", Availability.Set.class, Availability.Nothing.class)
            .described("I am here", "Says whether the caller is there or away.")
            .idempotent()
            .with(Permission.WRITE, Route.post("/presence"))
            .handledBy(availability::set));
  }
}
