package dev.parley.conversations;

/** The place in a conversation's log up to which a reply shows its state. */
public record AsOf(long seq, String epoch) {}
