/** What reading costs when much is stored. */
@NullMarked
package dev.parley.bench.reads;

import org.jspecify.annotations.NullMarked;
