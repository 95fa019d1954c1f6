package dev.parley.personas;

import dev.parley.wire.Actor;
import java.util.Optional;

/**
 * A piece of what a brain reads before it answers.
 *
 * @param speaker who said it; empty for what nobody said in the conversation
 * @param source where it is from: the id of a message or a memory, a version of the persona
 * @param tokens how long it is, as the server counts
 * @param leftOut by how many tokens it was cut to fit
 */
public record Part(
    Kind kind,
    Optional<Actor> speaker,
    Optional<String> source,
    String text,
    int tokens,
    int leftOut) {

  /** What a part is for. In this order a brain reads them. */
  public enum Kind {
    /** What the server asks of every persona. */
    INSTRUCTION,
    /** What the persona is like. */
    CHARACTER,
    /** How it feels, and what it thinks of whoever asks. */
    MOOD,
    /** What was said before, in short. */
    SUMMARY,
    /** What it remembers and may say here. */
    MEMORY,
    /** What was said lately. */
    TURN,
    /** What it answers. */
    QUESTION
  }
}
