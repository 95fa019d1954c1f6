/**
 * What crosses the wire whatever the door: JSON-RPC frames, error words and codes, cursors, ids.
 */
@NullMarked
package dev.parley.wire;

import org.jspecify.annotations.NullMarked;
