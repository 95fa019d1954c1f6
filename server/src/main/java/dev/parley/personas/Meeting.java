package dev.parley.personas;

import dev.parley.calls.Call;
import dev.parley.conversations.Conversation;
import dev.parley.conversations.Conversations;
import dev.parley.conversations.Message;
import dev.parley.functions.About;
import dev.parley.functions.Range;
import dev.parley.functions.Text;
import dev.parley.wire.Ids;
import java.util.Optional;

/** Brings people and personas together. */
final class Meeting {
  private final Cast cast;
  private final Conversations conversations;
  private final Addressing addressing;
  private final Ids ids;

  Meeting(Cast cast, Conversations conversations, Addressing addressing, Ids ids) {
    this.cast = cast;
    this.conversations = conversations;
    this.addressing = addressing;
    this.ids = ids;
  }

  record Converse(@About("its id") @Text(min = 1, max = 40) String persona) {}

  record Invite(
      @Text(min = 1, max = 40) String conversation,
      @About("its id") @Text(min = 1, max = 40) String persona,
      @About("which messages it answers there; those that mention it, if absent")
          Optional<Answers> answers) {}

  record Ask(
      @About("its id") @Text(min = 1, max = 40) String persona,
      @About("1 to 32,768 bytes of UTF-8") @Text(min = 1, max = 32_768) String content,
      @About("the sender's own id: a message sent twice with the same one is posted once")
          @Text(min = 1, max = 64)
          Optional<String> clientId,
      @About("how long the answer may be; no more than the server allows")
          @Range(min = 1, max = 1_000_000)
          Optional<Integer> tokens) {}

  record AskedIt(Message message) {}

  record InConversation(Conversation conversation) {}

  InConversation converse(Call call, Converse input) {
    return new InConversation(
        conversations.direct(call, cast.seen(call.caller(), input.persona()).id()));
  }

  AskedIt ask(Call call, Ask input) {
    String conversation =
        conversations.direct(call, cast.seen(call.caller(), input.persona()).id()).id();
    String clientId = input.clientId().orElseGet(ids::next);
    input.tokens().ifPresent(most -> addressing.brevity().want(conversation, clientId, most));
    return new AskedIt(conversations.post(call, conversation, input.content(), clientId));
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
