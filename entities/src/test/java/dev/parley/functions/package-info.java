@NullMarked
package dev.parley.functions;

import org.jspecify.annotations.NullMarked;
