package dev.parley.store;

import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * Sets up what answers questions: slow statements are logged, and no error bears the data asked
 * for.
 */
final class Readers {
  private Readers() {}

  static Jdbi of(DataSource source, SlowStatements slow) {
    Jdbi jdbi = Jdbi.create(source).setSqlLogger(slow);
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    return jdbi;
  }
}
