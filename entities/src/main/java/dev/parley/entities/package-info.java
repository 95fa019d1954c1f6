/**
 * Versioned trees of immutable records: a commit makes new versions of the changed node and its
 * ancestors only, a diff costs what changed, and every node has a history of its own.
 */
@NullMarked
package dev.parley.entities;

import org.jspecify.annotations.NullMarked;
