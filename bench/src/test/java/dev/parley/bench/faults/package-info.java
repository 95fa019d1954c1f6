@NullMarked
package dev.parley.bench.faults;

import org.jspecify.annotations.NullMarked;
