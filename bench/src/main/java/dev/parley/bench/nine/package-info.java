/** The nine items of a guide to the performance of persona servers, each without and with it. */
@NullMarked
package dev.parley.bench.nine;

import org.jspecify.annotations.NullMarked;
