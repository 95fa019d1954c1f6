package dev.parley;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the server is told from outside: environment variables, then one file, then the standard.
 * All of it is checked before anything starts.
 */
public final class Configuration {
  private static final Key.Form ANY = new Key.Form.Any();
  private static final Key.Form SECRET = new Key.Form.Secret();
  private static final Key.Form FLAG = new Key.Form.Flag();
  private static final Key.Form SECONDS = new Key.Form.Seconds();
  private static final Key.Form COUNT = new Key.Form.Whole(0, 1_000_000_000);
  private static final Key.Form PORT = new Key.Form.Whole(0, 65_535);
  private static final Key.Form WEB = new Key.Form.Urls(List.of("http:", "https:"), false);
  private static final Key.Form WEBS = new Key.Form.Urls(List.of("http:", "https:"), true);
  private static final Key.Form NETWORKS = new Key.Form.Networks();
  private static final Key.Form SIGNATURES =
      new Key.Form.Words(
          List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"));
  private static final String FILE = "parley.properties";

  static final List<Key> KEYS =
      List.of(
          new Key("PARLEY_HOST", "127.0.0.1", ANY, "address to listen on"),
          new Key("PARLEY_PORT", "8080", PORT, "port to listen on; 0 for any that is free"),
          new Key("PARLEY_DATA", "data", ANY, "folder of the embedded database"),
          new Key("PARLEY_PUBLIC_URL", "", WEB, "where clients reach the server"),
          new Key("PARLEY_ORIGINS", "", WEBS, "pages elsewhere that may call, by commas"),
          new Key(
              "PARLEY_TRUSTED_PROXIES", "", NETWORKS, "proxies whose X-Forwarded-For is believed"),
          new Key("PARLEY_TLS_CERT", "", ANY, "certificate chain (PEM)"),
          new Key("PARLEY_TLS_KEY", "", ANY, "its private key (PEM, PKCS #8)"),
          new Key(
              "PARLEY_REGISTRATION",
              "",
              new Key.Form.Choice(List.of("open", "invite", "closed")),
              "who may register; open on loopback, else invite"),
          new Key(
              "PARLEY_SESSION_DAYS",
              "30",
              new Key.Form.Whole(1, 3_650),
              "how long a sign-in lasts"),
          new Key("PARLEY_JWT_ISSUER", "", ANY, "iss of your own tokens; turns them on"),
          new Key("PARLEY_JWT_AUDIENCE", "parley", ANY, "aud that they must bear"),
          new Key("PARLEY_JWT_KEYS", "", ANY, "file or URL of their JWK set"),
          new Key(
              "PARLEY_JWT_ALGORITHMS", "RS256,ES256", SIGNATURES, "signatures that are accepted"),
          new Key(
              "PARLEY_LOG",
              "text",
              new Key.Form.Choice(List.of("text", "json")),
              "form of the log on standard error"),
          new Key(
              "PARLEY_MEMORIES_PER_PERSONA",
              "10000",
              COUNT,
              "statements a persona keeps; 0: no limit"),
          new Key(
              "PARLEY_EMBEDDING_URL",
              "",
              WEB,
              "OpenAI-compatible server for the likeness of memories, up to /v1; here if not set"),
          new Key(
              "PARLEY_EMBEDDING_MODEL", "text-embedding-3-small", ANY, "the model it is to use"),
          new Key("PARLEY_EMBEDDING_KEY", "", SECRET, "the secret that it wants"),
          new Key("WEBSOCKET_MAX_CONNECTIONS", "20000", COUNT, "sockets in all; 0: no limit"),
          new Key("PARLEY_HTTP_CONNECTIONS", "10000", COUNT, "connections that are no sockets"),
          new Key(
              "PARLEY_CONNECTIONS_PER_ADDRESS",
              "1000",
              COUNT,
              "sockets from one address, and as many other connections"),
          new Key(
              "PARLEY_CONNECTIONS_PER_ACCOUNT",
              "",
              COUNT,
              "sockets of one account; as many as from one address if absent"),
          new Key("PARLEY_UNAUTHENTICATED", "500", COUNT, "sockets that have not signed in yet"),
          new Key("PARLEY_SUBSCRIPTIONS", "128", COUNT, "subscriptions of one socket"),
          new Key("RATE_LIMIT_PER_CONNECTION", "600", COUNT, "messages a minute; 0: no limit"),
          new Key("MESSAGE_QUEUE_SIZE", "10000", COUNT, "changes that may wait; 0: no limit"),
          new Key("MEMORY_LIMIT_MB", "0", COUNT, "heap and buffers together; 0: what the JVM has"),
          new Key(
              "BACKGROUND_WORKERS",
              "4",
              new Key.Form.Whole(1, 1_000),
              "replies of personas that each brain writes at once"),
          new Key(
              "PARLEY_PERSONA_STRENGTH",
              "200",
              new Key.Form.Whole(0, 10_000),
              "answers in a row to one person before a persona rests; 0: it never tires"),
          new Key("OLLAMA_HOST", "", WEB, "where Ollama listens; brain ollama"),
          new Key(
              "OPENAI_BASE_URL", "", WEB, "server with OpenAI's protocol, up to /v1; brain openai"),
          new Key("OPENAI_API_KEY", "", SECRET, "bearer token for it"),
          new Key("DEFAULT_MODEL", "llama3.1:8b", ANY, "model of personas that name none"),
          new Key(
              "PARLEY_CONTEXT_TOKENS",
              "8192",
              new Key.Form.Whole(1_024, 1_000_000),
              "what a model reads and writes at once"),
          new Key(
              "PARLEY_REPLY_TOKENS",
              "500",
              new Key.Form.Whole(16, 8_000),
              "how much of it a reply may be"),
          new Key("PARLEY_REPLY_SECONDS", "60", SECONDS, "how long a reply may take"),
          new Key(
              "DATABASE_URL",
              "",
              new Key.Form.Urls(List.of("postgresql:", "postgres:"), false),
              "PostgreSQL instead of the embedded database"),
          new Key("DB_POOL_SIZE", "4", new Key.Form.Whole(1, 1_000), "readers, or connections"),
          new Key("DB_MAX_OVERFLOW", "12", COUNT, "connections more under load (PostgreSQL)"),
          new Key("DB_POOL_TIMEOUT", "30", SECONDS, "longest wait for a connection"),
          new Key("DB_POOL_RECYCLE", "3600", SECONDS, "longest life of a connection"),
          new Key("SLOW_QUERY_THRESHOLD", "0.1", SECONDS, "log statements over this; 0: never"),
          new Key("ENABLE_CACHING", "true", FLAG, "remember callers between calls"),
          new Key("CACHE_TTL", "300", SECONDS, "for how long"),
          new Key("ENABLE_COMPRESSION", "true", FLAG, "compress answers and events from 1 KiB on"),
          new Key("COMPRESSION_LEVEL", "5", new Key.Form.Whole(1, 9), "1 fast to 9 small"),
          new Key("PARLEY_EMOTION", "false", FLAG, "score how people's messages feel"),
          new Key("ENABLE_METRICS", "true", FLAG, "serve Prometheus metrics"),
          new Key("METRICS_PORT", "9090", PORT, "where; 0 for any that is free"));

  /** Read by the launcher and the load tool, not by the server. */
  private static final List<String> LAUNCHER =
      List.of(
          "PARLEY_CONFIG",
          "PARLEY_HOME",
          "PARLEY_SERVER_COMMAND",
          "PARLEY_JAVA_OPTIONS",
          "PARLEY_TOKEN",
          "PARLEY_URL");

  /** Names of the seeds that this version has no use for yet. */
  private static final List<String> NOT_YET = List.of("REDIS_URL");

  private final Map<String, Value> values;
  private final List<String> warnings;

  /**
   * A value and where it is from.
   *
   * @param source {@code environment}, the file's name, or {@code standard}
   */
  record Value(String text, String source) {}

  /** Why the configuration cannot be used, in one line. */
  public static final class Wrong extends RuntimeException {
    Wrong(String line) {
      super(line);
    }
  }

  private Configuration(Map<String, Value> values, List<String> warnings) {
    this.values = values;
    this.warnings = warnings;
  }

  /**
   * Reads and checks everything.
   *
   * @throws Wrong naming the key
   */
  public static Configuration of(Map<String, String> environment) {
    Path path = Path.of(environment.getOrDefault("PARLEY_CONFIG", FILE));
    Map<String, String> file = file(path, environment.containsKey("PARLEY_CONFIG"));
    refuseUnknown(environment, file, path);
    Map<String, Value> values = new LinkedHashMap<>();
    for (Key key : KEYS) {
      Value value = value(key, environment, file, path);
      check(key, value);
      values.put(key.name(), value);
    }
    List<String> warnings = new ArrayList<>();
    NOT_YET.stream()
        .filter(name -> environment.containsKey(name) || file.containsKey(name))
        .forEach(name -> warnings.add(name + " is set, but this version has no use for it yet"));
    Configuration configuration = new Configuration(values, warnings);
    configuration.checkTogether();
    return configuration;
  }

  private static Map<String, String> file(Path path, boolean named) {
    if (!named && !Files.exists(path)) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new Wrong("PARLEY_CONFIG cannot be read: " + Reason.of(unreadable));
    }
    Map<String, String> all = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
    return all;
  }

  private static void refuseUnknown(
      Map<String, String> environment, Map<String, String> file, Path path) {
    environment.keySet().stream()
        .filter(name -> name.startsWith("PARLEY_") && !isKnown(name))
        .sorted()
        .findFirst()
        .ifPresent(name -> fail(name + " is no configuration key; see ./parley config"));
    file.keySet().stream()
        .filter(name -> !isKnown(name))
        .sorted()
        .findFirst()
        .ifPresent(name -> fail(name + " in " + path + " is no configuration key"));
  }

  private static void fail(String line) {
    throw new Wrong(line);
  }

  private static boolean isKnown(String name) {
    return Stream.concat(
            KEYS.stream().map(Key::name), Stream.concat(LAUNCHER.stream(), NOT_YET.stream()))
        .anyMatch(name::equals);
  }

  private static Value value(
      Key key, Map<String, String> environment, Map<String, String> file, Path path) {
    String fromEnvironment = environment.get(key.name());
    if (fromEnvironment != null) {
      return new Value(fromEnvironment.strip(), "environment");
    }
    String fromFile = file.get(key.name());
    return fromFile != null
        ? new Value(fromFile.strip(), path.toString())
        : new Value(key.standard(), "standard");
  }

  private static void check(Key key, Value value) {
    if (!value.text().isEmpty()) {
      key.form()
          .objection(value.text())
          .ifPresent(
              objection -> fail(key.name() + " " + objection + ", not " + shown(key, value)));
    } else if (!key.standard().isEmpty()) {
      fail(key.name() + " must not be empty");
    }
  }

  private void checkTogether() {
    if (maybe("PARLEY_TLS_CERT").isPresent() != maybe("PARLEY_TLS_KEY").isPresent()) {
      fail("PARLEY_TLS_CERT and PARLEY_TLS_KEY go together");
    }
    if (maybe("PARLEY_JWT_ISSUER").isPresent() && maybe("PARLEY_JWT_KEYS").isEmpty()) {
      fail("PARLEY_JWT_KEYS must say where the keys of PARLEY_JWT_ISSUER are");
    }
  }

  /** What may be printed: a secret and a password in a URL may not. */
  static String shown(Key key, Value value) {
    if (key.form() instanceof Key.Form.Secret) {
      return value.text().isEmpty() ? "" : "***";
    }
    return key.name().equals("DATABASE_URL")
        ? value
            .text()
            .replaceFirst("://([^:@/?]*):.*@", "://$1:***@")
            .replaceAll("(?i)(password=)[^&]*", "$1***")
        : value.text();
  }

  static String shown(Configuration configuration, String name) {
    Key key = KEYS.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    return shown(key, configuration.value(name));
  }

  /** Keys with their values, in order. */
  Map<Key, Value> all() {
    Map<Key, Value> all = new LinkedHashMap<>();
    KEYS.forEach(key -> all.put(key, value(key.name())));
    return all;
  }

  /** What the operator should know though it stops nothing. */
  List<String> warnings() {
    return warnings;
  }

  private Value value(String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is no key");
    }
    return value;
  }

  String text(String name) {
    return value(name).text();
  }

  Optional<String> maybe(String name) {
    return Optional.of(text(name)).filter(text -> !text.isEmpty());
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(text(name));
  }

  Duration seconds(String name) {
    return Duration.ofNanos((long) (Double.parseDouble(text(name)) * 1_000_000_000L));
  }

  List<String> list(String name) {
    return Arrays.stream(text(name).split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  boolean isStandard(String name) {
    return value(name).source().equals("standard");
  }
}
