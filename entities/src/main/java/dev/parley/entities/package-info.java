/**
 * Immutable trees of entities: their parts, their versions and what differs between two of them.
 * What a new version does not change it shares with the old one.
 */
@NullMarked
package dev.parley.entities;

import org.jspecify.annotations.NullMarked;
