package dev.parley.conversations;

import static dev.parley.functions.Function.named;

import dev.parley.calls.Call;
import dev.parley.calls.Offered;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.functions.Registry;

/** What can be done with members: the functions of coming and going, and of those who moderate. */
record Members(Memberships memberships, Moderation moderation) {

  void register(Registry<Call> registry) {
    registerMemberships(registry);
    registerModeration(registry);
  }

  private void registerMemberships(Registry<Call> registry) {
    registry.add(
        named("conversations.join", Memberships.ById.class, Rooms.One.class)
            .described("Join a room", "Makes the caller a member of a public room.")
            .idempotent()
            .with(Offered.TOOL, Permission.WRITE, Route.post("/conversations/{id}/join"))
            .handledBy(memberships::join));
    registry.add(
        named("conversations.leave", Memberships.ById.class, Memberships.Nothing.class)
            .described("Leave a room", "Ends the caller's membership.")
            .with(Offered.TOOL, Permission.WRITE, Route.post("/conversations/{id}/leave"))
            .handledBy(memberships::leave));
    registry.add(
        named("conversations.invite", Memberships.Invite.class, Memberships.OneMember.class)
            .described("Bring somebody in", "Makes an account or a persona a member of a room.")
            .idempotent()
            .with(Offered.TOOL, Permission.WRITE, Route.create("/conversations/{id}/members"))
            .handledBy(memberships::invite));
    registry.add(
        named("conversations.members", Memberships.Listed.class, Memberships.Several.class)
            .described("List members", "The members of a conversation, and whether they are there.")
            .readOnly()
            .with(Offered.TOOL, Permission.READ, Route.get("/conversations/{id}/members"))
            .handledBy(memberships::list));
  }

  private void registerModeration(Registry<Call> registry) {
    registry.add(
        named("conversations.remove", Moderation.Whom.class, Memberships.Nothing.class)
            .described("Remove a member", "Ends somebody's membership; they may come back.")
            .with(Permission.WRITE, Route.delete("/conversations/{id}/members/{member}"))
            .handledBy(moderation::remove));
    registry.add(
        named("conversations.setRole", Moderation.SetRole.class, Memberships.OneMember.class)
            .described("Give a role", "Makes a member a moderator, or a mere member.")
            .idempotent()
            .with(Permission.WRITE, Route.patch("/conversations/{id}/members/{member}"))
            .handledBy(moderation::setRole));
    registry.add(
        named("conversations.mute", Moderation.Mute.class, Memberships.OneMember.class)
            .described("Mute a member", "Lets a member read but not speak for a while.")
            .with(Permission.WRITE, Route.post("/conversations/{id}/members/{member}/mute"))
            .handledBy(moderation::mute));
    registry.add(
        named("conversations.ban", Moderation.Ban.class, Memberships.Nothing.class)
            .described("Ban somebody", "Removes somebody for good: no reading, no coming back.")
            .idempotent()
            .with(Permission.WRITE, Route.post("/conversations/{id}/members/{member}/ban"))
            .handledBy(moderation::ban));
  }
}
