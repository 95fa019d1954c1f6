package dev.parley.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps foreign web pages out. A page elsewhere may call only if its origin is allowed; a name that
 * an attacker points at this server (DNS rebinding) is not a name of this server.
 */
final class Guard {
  private final Set<String> origins = new HashSet<>();
  private final Set<String> hosts = new HashSet<>(Set.of("localhost"));

  Guard(HttpSettings settings) {
    hosts.add(settings.host().toLowerCase(Locale.ROOT));
    settings.publicUrl().ifPresent(this::allow);
    settings.origins().forEach(this::allow);
  }

  private void allow(String url) {
    URI uri = URI.create(url);
    origins.add(originOf(uri));
    hosts.add(uri.getHost().toLowerCase(Locale.ROOT));
  }

  private static String originOf(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return (uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(Locale.ROOT);
  }

  /** Why a request must not pass, if it must not. */
  Optional<String> objection(HttpRequest request) {
    String host = request.headers().get(HttpHeaderNames.HOST, "");
    if (!isOurs(host)) {
      return Optional.of(
          "Host is not a name of this server; set PARLEY_PUBLIC_URL or PARLEY_ORIGINS to allow it");
    }
    return isAllowed(request.headers().get(HttpHeaderNames.ORIGIN), host)
        ? Optional.empty()
        : Optional.of("Origin is not allowed; set PARLEY_ORIGINS to allow it");
  }

  /**
   * The origin to allow in CORS headers: one that is listed, not the page of this server itself.
   */
  Optional<String> listedOrigin(HttpRequest request) {
    return Optional.ofNullable(request.headers().get(HttpHeaderNames.ORIGIN))
        .filter(origin -> origins.contains(origin.toLowerCase(Locale.ROOT)));
  }

  private boolean isAllowed(@org.jspecify.annotations.Nullable String origin, String host) {
    if (origin == null) {
      return true;
    }
    String wanted = origin.toLowerCase(Locale.ROOT);
    return origins.contains(wanted)
        || wanted.equals("http://" + host.toLowerCase(Locale.ROOT))
        || wanted.equals("https://" + host.toLowerCase(Locale.ROOT));
  }

  private boolean isOurs(String hostHeader) {
    return hostOf(hostHeader).map(host -> hosts.contains(host) || isAddress(host)).orElse(false);
  }

  /** A literal address cannot be pointed elsewhere, so it is no way to rebind. */
  private static boolean isAddress(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }

  private static Optional<String> hostOf(String header) {
    try {
      return Optional.ofNullable(new URI("http://" + header).getHost())
          .map(host -> host.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }
}
