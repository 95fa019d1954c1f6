package dev.parley.personas;

import dev.parley.calls.Call;
import dev.parley.conversations.Conversation;
import dev.parley.conversations.Conversations;
import dev.parley.functions.About;
import dev.parley.functions.Text;

/** Brings people and personas together. */
final class Meeting {
  private final Cast cast;
  private final Conversations conversations;

  Meeting(Cast cast, Conversations conversations) {
    this.cast = cast;
    this.conversations = conversations;
  }

  record Converse(@About("its id") @Text(min = 1, max = 40) String persona) {}

  record Invite(
      @Text(min = 1, max = 40) String conversation,
      @About("its id") @Text(min = 1, max = 40) String persona) {}

  record InConversation(Conversation conversation) {}

  InConversation converse(Call call, Converse input) {
    return new InConversation(
        conversations.direct(call, cast.seen(call.caller(), input.persona()).id()));
  }

  InConversation invite(Call call, Invite input) {
    String persona = cast.seen(call.caller(), input.persona()).id();
    return new InConversation(conversations.invite(call, input.conversation(), persona));
  }
}
