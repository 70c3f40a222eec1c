package dev.glia.studio.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The browser that is there already, driven by Playwright, which downloads none.
 *
 * <p>Without one the tests fail where CI=true and are skipped elsewhere.
 */
final class Chromium implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path executable) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    // Containers have no user namespaces for its sandbox; the pages are our own.
                    .setArgs(List.of("--no-sandbox")));
  }

  static Chromium start() {
    Optional<Path> executable = find();
    if (executable.isEmpty()) {
      String sentence =
          "No Chromium was found on the PATH (%s): install one, as by apt-get install chromium, to test the page."
              .formatted(String.join(", ", NAMES));
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(sentence);
      }
      assumeTrue(false, sentence);
    }
    return new Chromium(executable.orElseThrow());
  }

  private static Optional<Path> find() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
