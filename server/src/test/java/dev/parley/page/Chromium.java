package dev.parley.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import dev.parley.testing.User;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium or Chrome that is installed on this machine; nothing is downloaded. Where there is
 * none, tests that need one are skipped and say so.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of(
          "chromium",
          "chromium-browser",
          "google-chrome",
          "google-chrome-stable",
          "chrome",
          "microsoft-edge");
  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium",
          "/snap/bin/chromium",
          "/opt/google/chrome/chrome",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
          "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge");
  private static final List<String> QUIET =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run");

  private final Playwright playwright;
  private final Browser browser;
  private final List<Window> windows = new ArrayList<>();

  private Chromium(Path program) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(QUIET));
    summary("Browser tests: run with " + program + ", version " + browser.version());
  }

  /** Starts the browser, or skips the tests. */
  static Chromium start() {
    Optional<Path> program = find();
    if (program.isEmpty()) {
      summary(
          "Browser tests: SKIPPED, neither Chromium nor Chrome was found"
              + " (PARLEY_BROWSER names one)");
    }
    Assumptions.assumeTrue(program.isPresent(), "neither Chromium nor Chrome was found");
    return new Chromium(program.orElseThrow());
  }

  private static Optional<Path> find() {
    Stream<Path> named = Stream.ofNullable(System.getenv("PARLEY_BROWSER")).map(Path::of);
    Stream<Path> onPath =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
    return Stream.of(named, onPath, PLACES.stream().map(Path::of))
        .flatMap(paths -> paths)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What {@code ./parley test} prints at its end, where a skipped test would go unseen. */
  private static void summary(String line) {
    try {
      Path home = Path.of(System.getenv().getOrDefault("PARLEY_HOME", ".."));
      Files.createDirectories(home.resolve("target"));
      Files.writeString(home.resolve("target/browser-tests"), line + "\n");
    } catch (IOException unwritable) {
      System.err.println(line);
    }
  }

  /** A window of its own on a desk, with nobody signed in. */
  Window window(URI server) {
    return window(server, new Browser.NewContextOptions().setViewportSize(1280, 800));
  }

  /** A window as on a phone. */
  Window phone(URI server) {
    return window(
        server,
        new Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(2)
            .setIsMobile(true)
            .setHasTouch(true));
  }

  Window window(URI server, Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options.setLocale("en-GB").setTimezoneId("UTC"));
    Window window = new Window(context.newPage(), server);
    windows.add(window);
    return window;
  }

  /** A window in which somebody is signed in. */
  Window window(URI server, User user) {
    Window window = window(server);
    window.signIn(user);
    return window;
  }

  /** Closes the windows of a test; fails if one of them complained. */
  void closeWindows() {
    List<Window> opened = List.copyOf(windows);
    windows.clear();
    opened.forEach(Window::close);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
