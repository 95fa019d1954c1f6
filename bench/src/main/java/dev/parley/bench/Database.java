package dev.parley.bench;

import java.util.Locale;
import java.util.Map;

/** The databases that a server of our own can run on. */
enum Database {
  SQLITE {
    @Override
    void configure(Map<String, String> environment) {
      environment.remove(URL);
    }
  },
  POSTGRESQL {
    @Override
    void configure(Map<String, String> environment) {
      if (!environment.getOrDefault(URL, "").contains("postgres")) {
        throw new LoadFailure(
            "--database postgresql needs DATABASE_URL in the environment: an empty database that"
                + " this run may fill");
      }
    }
  };

  private static final String URL = "DATABASE_URL";

  /** Chooses this database in the server's environment. */
  abstract void configure(Map<String, String> environment);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
