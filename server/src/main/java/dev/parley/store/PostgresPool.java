package dev.parley.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/**
 * Connections to PostgreSQL. Whether one that was idle still lives is asked in the background, not
 * when it is taken: that would be a round trip more for every call after a pause.
 */
final class PostgresPool {
  /** The shortest that HikariCP allows. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  /** HikariCP asks a connection that was idle for longer before it hands it out. */
  private static final String TRUSTED_MS = "com.zaxxer.hikari.aliveBypassWindowMs";

  private PostgresPool() {}

  static HikariDataSource open(StoreSettings settings, PostgresUrl url) {
    System.setProperty(TRUSTED_MS, Long.toString(Duration.ofDays(1).toMillis()));
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbc());
    url.user().ifPresent(config::setUsername);
    url.password().ifPresent(config::setPassword);
    config.setMaximumPoolSize(settings.readers() + settings.overflow());
    config.setMinimumIdle(settings.readers());
    config.setConnectionTimeout(settings.poolTimeout().toMillis());
    config.setMaxLifetime(settings.poolRecycle().toMillis());
    config.setKeepaliveTime(KEEP_ALIVE.toMillis());
    config.setPoolName("parley");
    return new HikariDataSource(config);
  }
}
