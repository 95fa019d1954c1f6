/**
 * Named, typed operations and the registry that holds them. A function is registered once with its
 * types; its schema, its validation and the way to call it are worked out then, not at each call.
 */
@NullMarked
package dev.parley.functions;

import org.jspecify.annotations.NullMarked;
