package dev.parley.http;

/** Something that is only looked at: the page, the health of the server, its documentation. */
@FunctionalInterface
public interface Resource {
  Answer get();
}
