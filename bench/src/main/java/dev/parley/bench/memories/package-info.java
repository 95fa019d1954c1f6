/** What it costs a persona to remember and to recall. */
@NullMarked
package dev.parley.bench.memories;

import org.jspecify.annotations.NullMarked;
