package dev.parley.delivery;

import java.util.Optional;

/**
 * What was negotiated for a socket, so how its frames are made.
 *
 * @param arrays whether several events may come as one JSON array
 * @param deflation what makes long frames smaller, if the other side can undo it
 */
public record Form(boolean arrays, Optional<Deflation> deflation) {
  /** One frame for each event, as it is. */
  public static final Form PLAIN = new Form(false, Optional.empty());
}
