package dev.parley.bench.entities;

import java.util.Map;

/**
 * What the document says that one operation takes, in milliseconds on its author's machine. Its
 * program missed the changes that it timed.
 */
record Claim(String first, String later) {
  private static final Map<Integer, Claim> CLAIMS =
      Map.of(
          111, new Claim("39", "18.3"),
          421, new Claim("136", "60.9"),
          1_051, new Claim("349", "155"),
          2_551, new Claim("911", "412"),
          5_101, new Claim("-", "840"));

  static Claim of(GridSize size) {
    return CLAIMS.getOrDefault(size.entities(), new Claim("-", "-"));
  }
}
