package dev.parley.http;

import io.netty.handler.codec.compression.Brotli;
import io.netty.handler.codec.compression.BrotliMode;
import io.netty.handler.codec.compression.CompressionOptions;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compresses long answers as the client likes best. Netty's own choice takes Brotli wherever it is
 * named, even from a client that names it with {@code q=0}.
 */
final class Compressor extends HttpContentCompressor {
  private static final int FROM_BYTES = 1024;
  private static final int WINDOW_BITS = 15;
  private static final int GZIP_MEMORY = 8;
  private static final int BROTLI_WINDOW = 18;

  /** What is chosen among equals, best first. */
  private static final List<String> ENCODINGS =
      Brotli.isAvailable() ? List.of("br", "gzip") : List.of("gzip");

  /**
   * @param level 1 (fast) to 9 (small)
   */
  Compressor(int level) {
    super(FROM_BYTES, options(level));
  }

  private static CompressionOptions[] options(int level) {
    List<CompressionOptions> all = new ArrayList<>();
    all.add(StandardCompressionOptions.gzip(level, WINDOW_BITS, GZIP_MEMORY));
    if (Brotli.isAvailable()) {
      all.add(StandardCompressionOptions.brotli(level, BROTLI_WINDOW, BrotliMode.GENERIC));
    }
    return all.toArray(CompressionOptions[]::new);
  }

  @Override
  protected @Nullable String determineEncoding(String accepted) {
    return best(accepted).orElse(null);
  }

  /** The choice by RFC 9110, section 12.5.3. */
  private Optional<String> best(String accepted) {
    Map<String, Double> weights = weights(accepted);
    double others = weights.getOrDefault("*", 0.0);
    double most = 0;
    Optional<String> best = Optional.empty();
    for (String encoding : ENCODINGS) {
      double weight = weights.getOrDefault(encoding, others);
      if (weight > most) {
        most = weight;
        best = Optional.of(encoding);
      }
    }
    double plain = weights.getOrDefault("identity", 0.0);
    return most >= plain ? best : Optional.empty();
  }

  private static Map<String, Double> weights(String accepted) {
    Map<String, Double> weights = new HashMap<>();
    for (String part : accepted.toLowerCase(Locale.ROOT).split(",")) {
      String[] pieces = part.split(";", 2);
      weights.put(pieces[0].strip(), pieces.length == 1 ? 1.0 : weight(pieces[1].strip()));
    }
    return weights;
  }

  /** A weight that cannot be read is none. */
  private static double weight(String parameter) {
    return parameter.matches("q *= *(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
        ? Double.parseDouble(parameter.substring(parameter.indexOf('=') + 1).strip())
        : 0;
  }
}
