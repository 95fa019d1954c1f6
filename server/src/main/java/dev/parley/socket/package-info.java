/**
 * The front door for WebSocket: JSON-RPC frames in, replies and events out, RFC 6455 to the letter.
 */
@NullMarked
package dev.parley.socket;

import org.jspecify.annotations.NullMarked;
