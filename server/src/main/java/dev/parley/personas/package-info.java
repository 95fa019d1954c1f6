/** AI characters: who they are, what answers for them, and how they come to speak. */
@NullMarked
package dev.parley.personas;

import org.jspecify.annotations.NullMarked;
