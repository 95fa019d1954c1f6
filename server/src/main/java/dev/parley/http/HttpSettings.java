package dev.parley.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the HTTP door wants to know.
 *
 * @param host the address to bind
 * @param port the port to bind; 0 for any that is free
 * @param publicUrl where clients reach the server, if it is not the bound address
 * @param origins pages elsewhere that may call, such as {@code https://app.example.com}
 * @param trustedProxies addresses or networks (CIDR) whose {@code X-Forwarded-For} is believed
 * @param tlsCertificate a PEM chain; with {@code tlsKey} the port speaks TLS
 * @param compression whether answers of 1 KiB and more are compressed
 * @param compressionLevel 1 (fast) to 9 (small)
 * @param connections that are no sockets, in all; 0 for no limit
 * @param connectionsPerAddress of these, from one address; 0 for no limit
 * @param messagesPerMinute how many requests a session may make a minute; 0 for no limit
 */
public record HttpSettings(
    String host,
    int port,
    Optional<String> publicUrl,
    List<String> origins,
    List<String> trustedProxies,
    Optional<Path> tlsCertificate,
    Optional<Path> tlsKey,
    boolean compression,
    int compressionLevel,
    int connections,
    int connectionsPerAddress,
    int messagesPerMinute) {

  public boolean isSecure() {
    return tlsCertificate.isPresent()
        || publicUrl.map(url -> url.startsWith("https:")).orElse(false);
  }
}
