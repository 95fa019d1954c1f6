/**
 * How personas feel: mood, energy and relationships. Nothing of it is stored: all are pure
 * functions of what personas answered and of the time.
 */
@NullMarked
package dev.parley.personas.mood;

import org.jspecify.annotations.NullMarked;
