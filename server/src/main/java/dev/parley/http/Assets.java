package dev.parley.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files of the page, from the class path. Their names bear a fingerprint of their content, so a
 * browser may keep them for a year; the page itself it asks for anew.
 */
final class Assets {
  private static final Pattern NAME = Pattern.compile("/assets/[A-Za-z0-9_][A-Za-z0-9._-]{0,200}");
  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "html", "text/html; charset=utf-8",
          "svg", "image/svg+xml",
          "map", "application/json",
          "txt", "text/plain; charset=utf-8");

  private final Map<String, Optional<Answer>> known = new ConcurrentHashMap<>();

  Optional<Resource> find(String path) {
    if (path.equals("/")) {
      return known.computeIfAbsent("/index.html", Assets::load).map(page -> () -> page);
    }
    return NAME.matcher(path).matches() ? fingerprinted(path) : Optional.empty();
  }

  private Optional<Resource> fingerprinted(String path) {
    Optional<Answer> kept = known.get(path);
    Optional<Answer> file = kept == null ? load(path) : kept;
    if (kept == null && file.isPresent()) {
      known.put(path, file);
    }
    return file.map(
        answer -> () -> answer.with("Cache-Control", "public, max-age=31536000, immutable"));
  }

  private static Optional<Answer> load(String path) {
    try (InputStream file = Assets.class.getResourceAsStream("/web" + path)) {
      return file == null
          ? Optional.empty()
          : Optional.of(new Answer(200, type(path), file.readAllBytes(), Map.of()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String type(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }
}
