package dev.parley.bench.nine;

import java.util.List;

/** One of the nine items. */
interface Step {
  /** Measures it. */
  List<Row> rows();

  /**
   * A line of the table.
   *
   * @param item which of the nine
   * @param figure what was measured, with its unit
   * @param off without it
   * @param on with it
   * @param difference what tells the two apart: a configuration key, or a naive way in this process
   */
  record Row(String item, String figure, String off, String on, String difference) {}
}
