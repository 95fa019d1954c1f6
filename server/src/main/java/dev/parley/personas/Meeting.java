package dev.parley.personas;

import dev.parley.calls.Call;
import dev.parley.conversations.Conversation;
import dev.parley.conversations.Conversations;
import dev.parley.functions.About;
import dev.parley.functions.Text;
import java.util.Optional;

/** Brings people and personas together. */
final class Meeting {
  private final Cast cast;
  private final Conversations conversations;
  private final Addressing addressing;

  Meeting(Cast cast, Conversations conversations, Addressing addressing) {
    this.cast = cast;
    this.conversations = conversations;
    this.addressing = addressing;
  }

  record Converse(@About("its id") @Text(min = 1, max = 40) String persona) {}

  record Invite(
      @Text(min = 1, max = 40) String conversation,
      @About("its id") @Text(min = 1, max = 40) String persona,
      @About("which messages it answers there; those that mention it, if absent")
          Optional<Answers> answers) {}

  record InConversation(Conversation conversation) {}

  InConversation converse(Call call, Converse input) {
    return new InConversation(
        conversations.direct(call, cast.seen(call.caller(), input.persona()).id()));
  }

  InConversation invite(Call call, Invite input) {
    String persona = cast.seen(call.caller(), input.persona()).id();
    InConversation met =
        new InConversation(conversations.invite(call, input.conversation(), persona));
    addressing.listen(
        call, input.conversation(), persona, input.answers().orElse(Answers.MENTIONED));
    return met;
  }
}
