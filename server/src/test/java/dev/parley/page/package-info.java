/** The page in a real browser, against a real server. */
@NullMarked
package dev.parley.page;

import org.jspecify.annotations.NullMarked;
