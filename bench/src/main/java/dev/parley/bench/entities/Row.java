package dev.parley.bench.entities;

import java.util.Optional;

/**
 * All figures of one size.
 *
 * @param retained bytes that a version keeps
 * @param compare of JaVers, if it was measured at this size
 * @param javersCommit of JaVers, if it was measured at this size
 */
record Row(
    GridSize size,
    Figure whole,
    Figure unheard,
    Figure commit,
    Figure diff,
    Figure noChange,
    double retained,
    Optional<Figure> compare,
    Optional<Figure> javersCommit) {}
