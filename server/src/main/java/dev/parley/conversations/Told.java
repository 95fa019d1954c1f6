package dev.parley.conversations;

import dev.parley.wire.Actor;

/** The data of events. */
final class Told {
  private Told() {}

  record OfMessage(Message message) {}

  record Reacted(Message message, String emoji, boolean on, Actor by) {}

  record OfMember(Actor member, Conversation.MemberRole role, Actor by) {}

  record OfConversation(Conversation conversation) {}

  record Typing(Actor member, boolean on) {}

  record Presence(String account, Availability.Status status) {}

  record Read(String account, long seq) {}

  record Listed(String conversation) {}

  record Unread(String conversation, long count, long mentions) {}
}
