package dev.parley.entities;

/** How the contents of one component are made up: worked out once per class. */
sealed interface Form permits Owned, Value {

  /**
   * The same contents in a shape that nobody can change; the object itself if it is so already.
   *
   * @throws NullPointerException for a null inside
   */
  Object freeze(Object given);
}
