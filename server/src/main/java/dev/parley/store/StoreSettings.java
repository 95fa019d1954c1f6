package dev.parley.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the store wants to know.
 *
 * @param data the folder that an embedded database lives in
 * @param url {@code postgresql://user:password@host:port/database}; empty for the embedded one
 * @param readers how many questions are asked at once
 * @param overflow by how many PostgreSQL connections more that may be exceeded
 * @param poolTimeout how long to wait for a connection
 * @param poolRecycle the longest life of a connection
 * @param queue how many changes may wait; 0 for no limit
 * @param slow statements that take longer are logged; zero for never
 */
public record StoreSettings(
    Path data,
    Optional<String> url,
    int readers,
    int overflow,
    Duration poolTimeout,
    Duration poolRecycle,
    int queue,
    Duration slow) {}
