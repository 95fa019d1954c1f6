package dev.parley.socket;

/**
 * Limits of sockets; 0 is no limit.
 *
 * @param connections in all
 * @param connectionsPerAddress from one client address
 * @param unauthenticated that have not signed in yet
 */
public record SocketSettings(int connections, int connectionsPerAddress, int unauthenticated) {}
