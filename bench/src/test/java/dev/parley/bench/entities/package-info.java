@NullMarked
package dev.parley.bench.entities;

import org.jspecify.annotations.NullMarked;
