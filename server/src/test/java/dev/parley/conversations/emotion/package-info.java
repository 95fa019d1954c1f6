@NullMarked
package dev.parley.conversations.emotion;

import org.jspecify.annotations.NullMarked;
