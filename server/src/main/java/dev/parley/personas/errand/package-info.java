/**
 * Errands: what a scripted persona does for somebody in talk, through a function that changes
 * something. It asks for what the function's schema requires, repeats all and acts when told so.
 * Nothing of such a talk is stored beside its messages.
 */
@NullMarked
package dev.parley.personas.errand;

import org.jspecify.annotations.NullMarked;
