package dev.parley.calls;

import dev.parley.functions.Attribute;

/**
 * Where a function is found over HTTP.
 *
 * @param method {@code GET}, {@code POST}, {@code PATCH} or {@code DELETE}
 * @param path below {@code /api}, with parameters in braces: {@code /conversations/{id}}
 * @param creates whether a success is answered 201
 */
public record Route(String method, String path, boolean creates) implements Attribute {
  public static Route get(String path) {
    return new Route("GET", path, false);
  }

  /** A POST that makes something new. */
  public static Route create(String path) {
    return new Route("POST", path, true);
  }

  /** A POST that does something to what is there. */
  public static Route post(String path) {
    return new Route("POST", path, false);
  }

  public static Route patch(String path) {
    return new Route("PATCH", path, false);
  }

  public static Route delete(String path) {
    return new Route("DELETE", path, false);
  }
}
