package dev.parley.conversations;

import static dev.parley.functions.Function.named;

import dev.parley.calls.Call;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.functions.Registry;

/** How people feel and who should be looked after: the functions that tell it. */
record Wellbeing(Emotions emotions, EmotionHistory history, Escalations escalations) {

  void register(Registry<Call> registry) {
    registry.add(
        named("conversations.emotion", Emotions.Of.class, Emotions.Found.class)
            .described(
                "How a conversation feels",
                "Scores of people's messages: of the conversation and of each person in it. For"
                    + " its members.")
            .readOnly()
            .with(Permission.READ, Route.get("/conversations/{conversation}/emotion"))
            .handledBy(emotions::of));
    registry.add(
        named("messages.emotion", Emotions.ById.class, Emotions.One.class)
            .described("How a message feels", "The score, label and emotions of one message.")
            .readOnly()
            .with(Permission.READ, Route.get("/messages/{id}/emotion"))
            .handledBy(emotions::ofMessage));
    registry.add(
        named("emotions.history", EmotionHistory.Asked.class, EmotionHistory.Found.class)
            .described(
                "How somebody felt",
                "Scores of what somebody said, in all conversations and by all their accounts,"
                    + " newest first: of the caller, or for administrators of others.")
            .readOnly()
            .with(Permission.READ, Route.get("/emotions"))
            .handledBy(history::of));
    registry.add(
        named("escalations.list", Escalations.Listed.class, Escalations.Several.class)
            .described(
                "Who should be looked after",
                "Escalations that the caller may handle, oldest first: the open ones, or those"
                    + " that are closed.")
            .readOnly()
            .with(Permission.READ, Route.get("/escalations"))
            .handledBy(escalations::list));
    registry.add(
        named("escalations.assign", Escalations.Assign.class, Escalations.One.class)
            .described("Look after somebody", "Says who looks after an escalation.")
            .idempotent()
            .with(Permission.WRITE, Route.post("/escalations/{id}/assign"))
            .handledBy(escalations::assign));
    registry.add(
        named("escalations.close", Escalations.ById.class, Escalations.One.class)
            .described("Hand back", "Ends an escalation: the person is looked after.")
            .idempotent()
            .with(Permission.WRITE, Route.post("/escalations/{id}/close"))
            .handledBy(escalations::close));
  }
}
