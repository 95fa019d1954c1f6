package dev.parley.mcp;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What is offered over MCP, in whichever revision. Results are as the revisions have them. */
public interface Surface {
  /** What ends when it is closed. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Lists that may change while a client looks. */
  enum Listing {
    TOOLS,
    PROMPTS,
    RESOURCES
  }

  /** What there is, as {@code ServerCapabilities}. */
  ObjectNode capabilities();

  /** What a model should know before it begins. */
  String instructions();

  ObjectNode tools(Asked asked, Optional<String> cursor);

  Reply call(Asked asked, String tool, ObjectNode arguments);

  ObjectNode resources(Asked asked, Optional<String> cursor);

  ObjectNode templates(Asked asked);

  Reply read(Asked asked, String uri);

  ObjectNode prompts(Asked asked, Optional<String> cursor);

  Reply prompt(Asked asked, String name, ObjectNode arguments);

  ObjectNode complete(Asked asked, ObjectNode params);

  /**
   * Tells of changes of a resource, as long as whoever asks may read it.
   *
   * @throws Fault if there is no such resource
   */
  Watch watch(Asked asked, String uri, Runnable changed);

  /** Tells of changes of a list that is said to change. */
  Watch watch(Listing list, Runnable changed);
}
