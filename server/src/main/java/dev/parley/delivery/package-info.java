/**
 * From a committed entry to the sockets of those concerned: connections, topics, recovery,
 * presence.
 */
@NullMarked
package dev.parley.delivery;

import org.jspecify.annotations.NullMarked;
