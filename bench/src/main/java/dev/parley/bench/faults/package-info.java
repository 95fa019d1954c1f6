/**
 * A checker in the manner of Jepsen: clients write down what they sent, had acknowledged and
 * received, while a nemesis breaks the server, its database, its disk, its clock and the sockets;
 * afterwards the {@link dev.parley.bench.faults.Checker} looks for a promise that was not kept.
 *
 * <p>A history is data, and the checker is a function of it: what it finds does not depend on how
 * the history came about.
 */
@NullMarked
package dev.parley.bench.faults;

import org.jspecify.annotations.NullMarked;
