/** The server put together, and its configuration. */
@NullMarked
package dev.parley;

import org.jspecify.annotations.NullMarked;
