package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a home of its own, built from what these tests run with. */
class LauncherTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path home = Path.of("");

  private static Path target = home;
  private static Path cache = home;

  @BeforeAll
  static void a_first_start_answers_without_a_cache_and_leaves_one_behind() throws Exception {
    build();
    int port = freePort();
    Process server = parley(Map.of("PARLEY_PORT", Integer.toString(port)), "serve");
    try {
      Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> isReady(port));
      assertThat(cache).doesNotExist();
      Awaitility.await().atMost(Duration.ofMinutes(4)).until(() -> Files.exists(cache));
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static void build() throws IOException {
    target = Files.createDirectories(home.resolve("server/target"));
    cache = target.resolve("classes.aot");
    Path libraries = Files.createDirectory(target.resolve("lib"));
    Path launcher = Path.of("..", "parley").toAbsolutePath().normalize();
    Files.copy(launcher, home.resolve("parley"));
    assertThat(home.resolve("parley").toFile().setExecutable(true)).isTrue();
    int number = 0;
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(part).toAbsolutePath().normalize();
      if (Files.isRegularFile(path)) {
        Files.createSymbolicLink(libraries.resolve(number++ + "-" + path.getFileName()), path);
      } else if (Files.exists(path.resolve("dev/parley/Main.class"))
          && !path.endsWith("test-classes")) {
        jar(path, target.resolve("parley-server.jar"));
      } else if (Files.isDirectory(path) && !path.endsWith("test-classes")) {
        jar(path, libraries.resolve(number++ + ".jar"));
      }
    }
    Files.createFile(target.resolve("built"));
  }

  private static void jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path one : all.filter(path -> !path.equals(classes)).toList()) {
        String name = classes.relativize(one).toString();
        out.putNextEntry(new JarEntry(Files.isDirectory(one) ? name + "/" : name));
        if (Files.isRegularFile(one)) {
          Files.copy(one, out);
        }
      }
    }
  }

  private static Process parley(Map<String, String> settings, String... arguments)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(home.resolve("parley").toString()), Stream.of(arguments))
                .toList());
    builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("METRICS_PORT", "0");
    builder.environment().put("PARLEY_DATA", home.resolve("data").toString());
    builder.environment().putAll(settings);
    return builder.redirectErrorStream(true).redirectOutput(output().toFile()).start();
  }

  private static Path output() {
    return home.resolve("output.txt");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean isReady(int port) throws InterruptedException {
    try {
      URI uri = URI.create("http://127.0.0.1:" + port + "/health/ready");
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Runs a command to its end, and returns its exit code. */
  private static int config(Map<String, String> settings) throws Exception {
    Process process = parley(settings, "config");
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private static void assertThatItWorksAndSaysNothingElse() throws Exception {
    assertThat(config(Map.of())).isZero();
    List<String> lines = Files.readAllLines(output());
    assertThat(lines).first().asString().startsWith("PARLEY_HOST");
  }

  /** The JVM is told to end if it cannot use the cache that the launcher names. */
  private static boolean usesTheCache() throws Exception {
    return config(Map.of("PARLEY_JAVA_OPTIONS", "-XX:AOTMode=on")) == 0;
  }

  @Test
  void a_cache_that_fits_is_used() throws Exception {
    assertThatItWorksAndSaysNothingElse();
    assertThat(usesTheCache()).isTrue();
  }

  @Test
  void a_cache_that_was_made_for_other_classes_or_is_damaged_is_passed_over() throws Exception {
    byte[] good = Files.readAllBytes(cache);
    FileTime built = Files.getLastModifiedTime(target.resolve("parley-server.jar"));
    try {
      Files.setLastModifiedTime(target.resolve("parley-server.jar"), FileTime.from(Instant.EPOCH));
      assertThatItWorksAndSaysNothingElse();
      assertThat(usesTheCache()).isFalse();
      Files.writeString(cache, "no cache");
      assertThatItWorksAndSaysNothingElse();
      assertThat(usesTheCache()).isFalse();
    } finally {
      Files.write(cache, good);
      Files.setLastModifiedTime(target.resolve("parley-server.jar"), built);
    }
  }

  @Test
  void after_another_build_the_cache_is_left_alone() throws Exception {
    Path rehearsed = target.resolve("rehearsed");
    FileTime made = Files.getLastModifiedTime(rehearsed);
    try {
      Files.setLastModifiedTime(rehearsed, FileTime.from(Instant.EPOCH));
      assertThatItWorksAndSaysNothingElse();
      assertThat(usesTheCache()).isFalse();
    } finally {
      Files.setLastModifiedTime(rehearsed, made);
    }
  }
}
