/** Projects, rooms, direct conversations, members, messages, read marks, search. */
@NullMarked
package dev.parley.conversations;

import org.jspecify.annotations.NullMarked;
