package io.adversight.lab.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The installed Chromium, or Chrome; none is downloaded. */
final class Chromium implements AutoCloseable {
  static final String MISSING =
      "the browser tests need Chromium (Debian: apt-get install chromium), or ADVERSIGHT_CHROMIUM"
          + " naming its executable";

  /** How long a test waits for what should come at once, on a machine that has other work. */
  static final Duration IDLE_TIME = Duration.ofMinutes(3);

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path executable) {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) IDLE_TIME.toMillis());
    Awaitility.setDefaultTimeout(IDLE_TIME);
    Awaitility.pollInSameThread(); // Playwright serves one thread
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--use-fake-ui-for-media-stream",
                            "--use-fake-device-for-media-stream")));
  }

  /**
   * Starts it.
   *
   * @throws IllegalStateException if there is none
   */
  static Chromium launch() {
    return new Chromium(find().orElseThrow(() -> new IllegalStateException(MISSING)));
  }

  /** Where it is installed. */
  static Optional<Path> find() {
    Stream<String> named = Stream.ofNullable(System.getenv("ADVERSIGHT_CHROMIUM"));
    Stream<String> usual =
        Stream.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "C:/Program Files/Google/Chrome/Application/chrome.exe");
    return Stream.concat(named, usual).map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** A browser of its own for a user: nothing is shared with other users. */
  BrowserSession session() {
    return new BrowserSession(browser, new Browser.NewContextOptions().setViewportSize(1440, 900));
  }

  BrowserSession session(Browser.NewContextOptions options) {
    return new BrowserSession(browser, options);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
