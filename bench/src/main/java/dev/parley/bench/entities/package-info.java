/**
 * What the entity library costs: one agent moves from one node of a grid to another, measured at
 * six sizes, beside JaVers. The operation is that of the document that the library answers.
 */
@NullMarked
package dev.parley.bench.entities;

import org.jspecify.annotations.NullMarked;
