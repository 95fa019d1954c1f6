/** The front door for HTTP: one port, REST from the registry, the page, its guard. */
@NullMarked
package dev.parley.http;

import org.jspecify.annotations.NullMarked;
