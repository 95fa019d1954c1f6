/**
 * The Model Context Protocol: the functions of the registry as tools, resources and prompts, in the
 * words of 2025-11-25 (sessions) and of 2026-07-28 (each request for itself).
 */
@NullMarked
package dev.parley.mcp;

import org.jspecify.annotations.NullMarked;
