package dev.parley.bench.entities;

import java.util.Optional;

/**
 * All figures of one size; parts of the operation and the rival only where they were measured.
 *
 * @param retained bytes that a version keeps
 * @param compare of JaVers
 * @param javersCommit of JaVers
 */
record Row(
    GridSize size,
    Figure whole,
    Figure unheard,
    Optional<Figure> commit,
    Optional<Figure> diff,
    Optional<Figure> noChange,
    double retained,
    Optional<Figure> compare,
    Optional<Figure> javersCommit) {}
