/**
 * Where things are kept: changes as data, the writer that commits them, the ordered log, readers,
 * migrations, backup. Knows no feature.
 */
@NullMarked
package dev.parley.store;

import org.jspecify.annotations.NullMarked;
