package dev.parley;

import dev.parley.accounts.AccountSettings;
import dev.parley.delivery.Deflation;
import dev.parley.http.HttpSettings;
import dev.parley.mcp.ProtectedResource;
import dev.parley.personas.memory.MemorySettings;
import dev.parley.personas.models.ModelSettings;
import dev.parley.socket.SocketSettings;
import dev.parley.store.StoreSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The configuration, in the types that the parts of the server ask for. */
final class Settings {
  private final Configuration from;

  Settings(Configuration from) {
    this.from = from;
  }

  StoreSettings store() {
    return new StoreSettings(
        Path.of(from.text("PARLEY_DATA")),
        from.maybe("DATABASE_URL"),
        from.number("DB_POOL_SIZE"),
        from.number("DB_MAX_OVERFLOW"),
        from.seconds("DB_POOL_TIMEOUT"),
        from.seconds("DB_POOL_RECYCLE"),
        from.number("MESSAGE_QUEUE_SIZE"),
        from.seconds("SLOW_QUERY_THRESHOLD"));
  }

  HttpSettings http() {
    return new HttpSettings(
        from.text("PARLEY_HOST"),
        from.number("PARLEY_PORT"),
        from.maybe("PARLEY_PUBLIC_URL"),
        from.list("PARLEY_ORIGINS"),
        from.list("PARLEY_TRUSTED_PROXIES"),
        from.maybe("PARLEY_TLS_CERT").map(Path::of),
        from.maybe("PARLEY_TLS_KEY").map(Path::of),
        from.flag("ENABLE_COMPRESSION"),
        from.number("COMPRESSION_LEVEL"),
        from.number("PARLEY_HTTP_CONNECTIONS"),
        from.number("PARLEY_CONNECTIONS_PER_ADDRESS"),
        from.number("RATE_LIMIT_PER_CONNECTION"));
  }

  SocketSettings sockets() {
    return new SocketSettings(
        from.number("WEBSOCKET_MAX_CONNECTIONS"),
        from.number("PARLEY_CONNECTIONS_PER_ADDRESS"),
        from.number("PARLEY_UNAUTHENTICATED"));
  }

  /** How many sockets an account may have: if nobody says, as many as an address. */
  int socketsOfAccount() {
    return from.maybe("PARLEY_CONNECTIONS_PER_ACCOUNT")
        .map(Integer::parseInt)
        .orElseGet(() -> from.number("PARLEY_CONNECTIONS_PER_ADDRESS"));
  }

  /** What compresses frames of sockets, if anything does. */
  Optional<Deflation> deflation() {
    return from.flag("ENABLE_COMPRESSION")
        ? Optional.of(new Deflation(from.number("COMPRESSION_LEVEL")))
        : Optional.empty();
  }

  MemorySettings memories() {
    return new MemorySettings(
        from.number("PARLEY_MEMORIES_PER_PERSONA"),
        from.maybe("PARLEY_EMBEDDING_URL")
            .map(url ->
                new MemorySettings.Remote(
                    URI.create(url.replaceFirst("/$", "")),
                    from.text("PARLEY_EMBEDDING_MODEL"),
                    from.maybe("PARLEY_EMBEDDING_KEY"))));
  }

  AccountSettings accounts() {
    return new AccountSettings(
        registration(),
        Duration.ofDays(from.number("PARLEY_SESSION_DAYS")),
        from.flag("ENABLE_CACHING") ? from.seconds("CACHE_TTL") : Duration.ZERO,
        from.maybe("PARLEY_JWT_ISSUER").map(this::issuer));
  }

  /** The models that personas may think with. */
  ModelSettings models() {
    return new ModelSettings(
        from.maybe("OLLAMA_HOST"),
        from.maybe("OPENAI_BASE_URL"),
        from.maybe("OPENAI_API_KEY"),
        from.text("DEFAULT_MODEL"),
        from.number("PARLEY_CONTEXT_TOKENS"),
        from.number("PARLEY_REPLY_TOKENS"),
        from.seconds("PARLEY_REPLY_SECONDS"));
  }

  private AccountSettings.Registration registration() {
    return from.maybe("PARLEY_REGISTRATION")
        .map(word -> AccountSettings.Registration.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(
            isLoopback() ? AccountSettings.Registration.OPEN : AccountSettings.Registration.INVITE);
  }

  /** What an OAuth client learns of this server. */
  ProtectedResource protectedResource() {
    return new ProtectedResource(
        from.maybe("PARLEY_PUBLIC_URL"), http().isSecure(), from.maybe("PARLEY_JWT_ISSUER"));
  }

  boolean isLoopback() {
    String host = from.text("PARLEY_HOST");
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  private AccountSettings.Issuer issuer(String name) {
    return new AccountSettings.Issuer(
        name,
        from.text("PARLEY_JWT_AUDIENCE"),
        from.text("PARLEY_JWT_KEYS"),
        from.list("PARLEY_JWT_ALGORITHMS"));
  }

  /** Where the page is, as far as this process can know. */
  String url(int port) {
    Optional<String> known = from.maybe("PARLEY_PUBLIC_URL");
    String scheme = from.maybe("PARLEY_TLS_CERT").isPresent() ? "https" : "http";
    String host = from.text("PARLEY_HOST");
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return known.orElseGet(() -> scheme + "://" + shown + ":" + port).replaceFirst("/$", "");
  }
}
