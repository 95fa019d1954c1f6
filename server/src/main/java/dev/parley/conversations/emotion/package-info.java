/** What a text feels like: a pure function of its words, and the arithmetic on what it finds. */
@NullMarked
package dev.parley.conversations.emotion;

import org.jspecify.annotations.NullMarked;
