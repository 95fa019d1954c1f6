package dev.parley.personas.errand;

import java.time.Instant;

/**
 * What somebody said to a persona, and what it answered.
 *
 * @param id of the message
 * @param said as it reads now; empty if it was deleted
 * @param at when it was said
 * @param answer as it reads now; empty if it was deleted
 */
public record Exchange(String id, String said, Instant at, String answer) {}
