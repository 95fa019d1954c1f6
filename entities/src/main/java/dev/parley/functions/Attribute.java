package dev.parley.functions;

/**
 * A typed mark on a function whose meaning belongs to whoever reads it: a server's route, a
 * permission. The library carries attributes and never looks into them.
 */
public interface Attribute {}
