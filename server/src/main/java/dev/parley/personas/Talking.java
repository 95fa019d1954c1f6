package dev.parley.personas;

import static dev.parley.functions.Function.named;

import dev.parley.calls.Call;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.conversations.Conversations;
import dev.parley.functions.About;
import dev.parley.functions.Registry;
import dev.parley.functions.Text;
import java.util.Optional;

/**
 * What can be done with replies: cancel those that are being written, see what they were made of.
 */
final class Talking {
  private final Conversations conversations;
  private final Replying replying;
  private final Explaining explaining;

  Talking(Conversations conversations, Replying replying, Explaining explaining) {
    this.conversations = conversations;
    this.replying = replying;
    this.explaining = explaining;
  }

  record Cancel(
      @Text(min = 1, max = 40) String conversation,
      @About("the id of the message that is being answered; all of the caller's, if absent")
          @Text(min = 1, max = 40)
          Optional<String> message) {}

  /**
   * @param cancelled how many replies were being written or waited
   */
  record Cancelled(int cancelled) {}

  void register(Registry<Call> registry) {
    registry.add(
        named("personas.cancel", Cancel.class, Cancelled.class)
            .described(
                "Cancel replies",
                "Ends what personas are writing in answer to the caller; nothing is posted.")
            .idempotent()
            .with(Permission.WRITE, Route.post("/conversations/{conversation}/personas/cancel"))
            .handledBy(this::cancel));
    registry.add(
        named("personas.context", Explaining.Of.class, Explaining.One.class)
            .described(
                "Explain a reply",
                "What personas read before they answered the caller, or why they did not.")
            .readOnly()
            .with(Permission.READ, Route.get("/messages/{message}/context"))
            .handledBy(explaining::context));
  }

  private Cancelled cancel(Call call, Cancel input) {
    conversations.requireReadable(call, input.conversation());
    return new Cancelled(
        replying.cancel(pending ->
            pending.isOf(input.conversation(), call.caller().id())
                && input.message().map(pending.asked().message().id()::equals).orElse(true)));
  }
}
