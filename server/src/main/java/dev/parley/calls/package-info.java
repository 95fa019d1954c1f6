/**
 * The way of a call between a door and a function: who calls, what they may, how a refusal is told.
 */
@NullMarked
package dev.parley.calls;

import org.jspecify.annotations.NullMarked;
