/**
 * The load generator: many connections, a few posters, and a check that runs along with the clock.
 *
 * <p>One {@link dev.parley.bench.Lane} per event loop holds all that the connections of that loop
 * share; nothing on the way of a message is locked or handed to another thread. Figures are sampled
 * from outside, by the main thread.
 *
 * <p>All times inside are nanoseconds since the tool started, see {@link
 * dev.parley.bench.RunClock}.
 */
@NullMarked
package dev.parley.bench;

import org.jspecify.annotations.NullMarked;
