/** Real servers, databases and clients for tests. */
@NullMarked
package dev.parley.testing;

import org.jspecify.annotations.NullMarked;
