package dev.parley.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.CookieHeaderNames;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import java.time.Duration;
import java.util.Optional;

/** The token that a request bears: as a bearer or in the session cookie. */
final class Credentials {
  private static final String BEARER = "bearer ";

  private final String cookieName;
  private final boolean secure;

  Credentials(boolean secure) {
    this.secure = secure;
    this.cookieName = secure ? "__Host-parley" : "parley";
  }

  Optional<String> token(HttpRequest request) {
    String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(authorization.substring(BEARER.length()).strip());
    }
    return ServerCookieDecoder.STRICT
        .decodeAll(request.headers().get(HttpHeaderNames.COOKIE, ""))
        .stream()
        .filter(cookie -> cookie.name().equals(cookieName))
        .map(Cookie::value)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** The value of a Set-Cookie header that keeps a token out of the reach of scripts. */
  String setCookie(String token, Duration life) {
    return encoded(token, life.toSeconds());
  }

  String clearCookie() {
    return encoded("", 0);
  }

  private String encoded(String value, long seconds) {
    DefaultCookie cookie = new DefaultCookie(cookieName, value);
    cookie.setHttpOnly(true);
    cookie.setSecure(secure);
    cookie.setPath("/");
    cookie.setMaxAge(seconds);
    cookie.setSameSite(CookieHeaderNames.SameSite.Strict);
    return ServerCookieEncoder.STRICT.encode(cookie).replace("HTTPOnly", "HttpOnly");
  }
}
