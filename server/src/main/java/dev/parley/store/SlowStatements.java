package dev.parley.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs statements that took longer than a threshold, with a fingerprint to group them by. All our
 * statements are parametrised, so their text holds no data.
 */
public final class SlowStatements implements SqlLogger {
  private static final Logger LOG = LoggerFactory.getLogger(SlowStatements.class);
  private static final int LONGEST = 2_000;

  private final long thresholdNanos;
  private final LongAdder seen = new LongAdder();

  /**
   * @param threshold zero: never log
   */
  public SlowStatements(Duration threshold) {
    this.thresholdNanos = threshold.isZero() ? Long.MAX_VALUE : threshold.toNanos();
  }

  /** How many statements were slow since the start. */
  public long count() {
    return seen.sum();
  }

  void took(String sql, long startNanos) {
    lasted(sql, System.nanoTime() - startNanos);
  }

  void lasted(String sql, long nanos) {
    if (nanos >= thresholdNanos) {
      report(sql, nanos);
    }
  }

  private void report(String sql, long nanos) {
    seen.increment();
    String text = sql.replaceAll("\\s+", " ").strip();
    LOG.atWarn()
        .addKeyValue("durationMs", nanos / 1_000_000)
        .addKeyValue("fingerprint", fingerprint(text))
        .addKeyValue("statement", text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
        .log("slow statement");
  }

  /**
   * The first eight hexadecimal digits of the SHA-256 of a statement's text, white space folded.
   */
  static String fingerprint(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.replaceAll("\\s+", " ").strip().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  @Override
  public void logAfterExecution(StatementContext context) {
    logged(context);
  }

  @Override
  public void logException(StatementContext context, SQLException failure) {
    logged(context);
  }

  private void logged(StatementContext context) {
    StatementCount.one();
    long nanos = context.getElapsedTime(java.time.temporal.ChronoUnit.NANOS);
    if (nanos >= thresholdNanos) {
      report(context.getRenderedSql(), nanos);
    }
  }
}
