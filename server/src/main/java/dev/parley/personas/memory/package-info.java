/**
 * What personas remember: statements that say when they were learnt, when they hold, from whom and
 * from which messages they come, and that surface only before those who may know them.
 */
@NullMarked
package dev.parley.personas.memory;

import org.jspecify.annotations.NullMarked;
