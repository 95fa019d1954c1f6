package dev.parley.store;

import com.github.f4b6a3.ulid.UlidCreator;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jdbi.v3.core.Jdbi;

/** Brings a database to this version's schema. */
final class Schema {
  private Schema() {}

  /**
   * Migrates and gives a new database its epoch.
   *
   * @throws UnusableDatabase if the database is newer than this program or was altered by hand
   */
  static void migrate(DataSource database, Dialect dialect) {
    SchemaSeal seal = new SchemaSeal(dialect);
    if (!seal.isOn(database)) {
      migrateNow(database, dialect);
      seal.put(database);
    }
  }

  private static void migrateNow(DataSource database, Dialect dialect) {
    Flyway flyway = migrations(database, dialect).load();
    refuseNewer(flyway);
    try {
      flyway.migrate();
    } catch (FlywayValidateException altered) {
      throw new UnusableDatabase(
          "The database does not fit this version of Parley: " + firstLine(altered), altered);
    }
    Jdbi.create(database)
        .useHandle(handle ->
            handle.execute(
                "INSERT INTO meta (name, value) VALUES ('epoch', ?) ON CONFLICT (name) DO NOTHING",
                newEpoch()));
  }

  /** All steps from an empty database to this version's schema. */
  static FluentConfiguration migrations(DataSource database, Dialect dialect) {
    return Flyway.configure()
        .dataSource(database)
        .locations(
            "classpath:db/migration", "classpath:db/" + dialect.name().toLowerCase(Locale.ROOT))
        .placeholders(placeholders(dialect))
        .ignoreMigrationPatterns(new String[0]);
  }

  static String newEpoch() {
    return UlidCreator.getUlid().toString().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> placeholders(Dialect dialect) {
    return switch (dialect) {
      case SQLITE ->
          Map.of(
              "number",
              "INTEGER PRIMARY KEY AUTOINCREMENT",
              "clustered",
              "WITHOUT ROWID",
              "bytes",
              "BLOB");
      case POSTGRESQL ->
          Map.of(
              "number",
              "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
              "clustered",
              "",
              "bytes",
              "BYTEA");
    };
  }

  private static void refuseNewer(Flyway flyway) {
    MigrationInfo current = flyway.info().current();
    if (current != null && current.getState().isApplied() && !current.getState().isResolved()) {
      throw new UnusableDatabase(
          "The database is newer than this program (its schema is version "
              + current.getVersion()
              + "); start the Parley that made it, or a later one");
    }
  }

  private static String firstLine(Exception problem) {
    return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
  }
}
