package dev.parley.conversations;

import static dev.parley.functions.Function.named;

import dev.parley.calls.Call;
import dev.parley.calls.Offered;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.functions.Registry;

/** What can be done with messages: the functions of those who post, revise, read and find them. */
record Messages(
    Posting posting, Revising revising, Reading reading, ReadMarks readMarks, Search search) {

  void register(Registry<Call> registry) {
    registerPosts(registry);
    registerRevisions(registry);
  }

  private void registerPosts(Registry<Call> registry) {
    registry.add(
        named("messages.post", Posting.Post.class, Posting.Posted.class)
            .described("Post a message", "Answers when the message is durable and has its seq.")
            .with(
                Offered.TOOL,
                Permission.WRITE,
                Route.create("/conversations/{conversation}/messages"))
            .handledBy(posting::post));
    registry.add(
        named("messages.list", Reading.ListMessages.class, Reading.Listed.class)
            .described(
                "Read history",
                "A page of messages, ascending: after a seq, before a seq, or the newest.")
            .readOnly()
            .with(
                Offered.TOOL,
                new Offered.Resource("conversations/{conversation}/messages", true),
                Permission.READ,
                Route.get("/conversations/{conversation}/messages"))
            .handledBy(reading::list));
    registry.add(
        named("messages.get", Reading.ById.class, Reading.One.class)
            .described("Get a message", "One message by its id, such as the original of a reply.")
            .readOnly()
            .with(Permission.READ, Route.get("/messages/{id}"))
            .handledBy(reading::get));
    registry.add(
        named("messages.search", Search.Find.class, Search.Found.class)
            .described("Search", "Messages with all words, newest first, in what one may read.")
            .readOnly()
            .with(Offered.TOOL, Permission.READ, Route.get("/messages/search"))
            .handledBy(search::find));
  }

  private void registerRevisions(Registry<Call> registry) {
    registry.add(
        named("messages.edit", Revising.Edit.class, Revising.Revised.class)
            .described("Edit a message", "Changes the content of one of the caller's messages.")
            .idempotent()
            .with(Offered.TOOL, Permission.WRITE, Route.patch("/messages/{id}"))
            .handledBy(revising::edit));
    registry.add(
        named("messages.delete", Revising.Delete.class, Revising.Revised.class)
            .described("Delete a message", "Erases a message everywhere and leaves a tombstone.")
            .idempotent()
            .with(Offered.DESTRUCTIVE_TOOL, Permission.WRITE, Route.delete("/messages/{id}"))
            .handledBy(revising::delete));
    registry.add(
        named("messages.react", Revising.React.class, Revising.Revised.class)
            .described("React", "Puts an emoji on a message, or takes it back.")
            .idempotent()
            .with(Offered.TOOL, Permission.WRITE, Route.post("/messages/{id}/reactions"))
            .handledBy(revising::react));
    registry.add(
        named("reads.mark", ReadMarks.Mark.class, ReadMarks.Marked.class)
            .described("Mark as read", "Moves the caller's read mark on and counts what is left.")
            .idempotent()
            .with(Offered.TOOL, Permission.WRITE, Route.post("/conversations/{conversation}/read"))
            .handledBy(readMarks::mark));
  }
}
