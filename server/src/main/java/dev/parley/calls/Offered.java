package dev.parley.calls;

import dev.parley.functions.Attribute;

/**
 * How a function is offered to models, beyond being there to be called: few and orthogonal, as a
 * model that is given everything chooses badly.
 */
public sealed interface Offered extends Attribute {
  /**
   * As a tool.
   *
   * @param destructive whether it may take away what cannot be had back
   */
  record Tool(boolean destructive) implements Offered {}

  /**
   * As something to be read.
   *
   * @param path where, with the one parameter in braces: {@code conversations/{id}}. What lies
   *     below another path is a part of it and read along with it
   * @param live whether the parameter is a conversation, whose log tells of changes
   */
  record Resource(String path, boolean live) implements Offered {}

  /**
   * As the list of what is at a path; {@code items} bear {@code id} and a title or name.
   *
   * @param path as of the {@link Resource}
   */
  record Listing(String path) implements Offered {}

  /**
   * As a prompt: each of its items is somebody to speak as.
   *
   * @param name what the prompt is called
   */
  record Prompt(String name) implements Offered {}

  Tool TOOL = new Tool(false);
  Tool DESTRUCTIVE_TOOL = new Tool(true);
}
