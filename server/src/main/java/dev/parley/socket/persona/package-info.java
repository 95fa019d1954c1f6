/**
 * The dialect of the persona server that Parley took personas over from: its JSON-RPC methods, each
 * translated to functions of the registry.
 */
@NullMarked
package dev.parley.socket.persona;

import org.jspecify.annotations.NullMarked;
