/** How personas answer: how soon, how many people at once, and what makes it possible. */
@NullMarked
package dev.parley.bench.personas;

import org.jspecify.annotations.NullMarked;
