/** Brains that ask a language model: Ollama, and whatever speaks OpenAI's protocol. */
@NullMarked
package dev.parley.personas.models;

import org.jspecify.annotations.NullMarked;
