package dev.parley.store;

/**
 * An entry of a conversation's log, committed.
 *
 * @param at milliseconds since 1970
 * @param messages the conversation's running message count at this entry
 * @param body the event's data, JSON
 */
public record Logged(
    String conversation, long seq, String type, long at, long messages, String body) {}
