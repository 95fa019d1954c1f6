package dev.parley.entities;

import java.time.Instant;

/**
 * What is known of a commit.
 *
 * @param version its number: unique in a repository, and rising along every history
 */
public record Stamp(long version, Instant at, Cause cause) {}
