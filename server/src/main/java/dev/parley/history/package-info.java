/** What was: versions of projects, rooms and personas, seen, compared and brought back. */
@NullMarked
package dev.parley.history;

import org.jspecify.annotations.NullMarked;
