@NullMarked
package dev.parley.entities;

import org.jspecify.annotations.NullMarked;
