/** What the official conformance suite wants to find, and nothing else uses. */
@NullMarked
package dev.parley.mcp.conformance;

import org.jspecify.annotations.NullMarked;
