package dev.glia.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.glia.studio.Studio;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * A real studio and a real browser for the tests of a class; each page has a browser context of its
 * own, as another user's browser would.
 *
 * <p>Whatever a page complains of in its console, asks of another host, or throws fails the test.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class PageTest {

  /** The size that the page must be usable at. */
  static final int WIDTH = 1280;

  static final int HEIGHT = 720;

  /** How long a busy machine may take for what shall come true, in milliseconds. */
  static final double PATIENCE = 60_000;

  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
  private Chromium chromium;
  private Studio studio;

  @BeforeAll
  void start() throws IOException {
    chromium = Chromium.start();
    studio = Studio.startAt(0, Path.of(System.getProperty("glia.shared"), "data"));
  }

  @AfterAll
  void stop() {
    if (studio != null) {
      studio.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void nothingWasComplainedOf() {
    contexts.forEach(BrowserContext::close);
    contexts.clear();
    List<String> found = List.copyOf(complaints);
    complaints.clear();
    assertThat(found).isEmpty();
  }

  /** The studio's page with a fragment such as {@code data=xor&seed=1}, in a browser of its own. */
  Page open(String fragment) {
    return open(fragment, new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT));
  }

  Page open(String fragment, Browser.NewContextOptions options) {
    BrowserContext context = chromium.browser().newContext(options);
    contexts.add(context);
    return openIn(context, fragment);
  }

  /** One more tab of a browser. */
  Page openIn(BrowserContext context, String fragment) {
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add("%s: %s (%s)".formatted(message.type(), message.text(), message.location()));
      }
    });
    page.onPageError(complaints::add);
    String ours = studio.address().toString();
    page.onRequest(request -> {
      String url = request.url();
      if (!url.startsWith(ours) && !url.startsWith("data:") && !url.startsWith("blob:")) {
        complaints.add("asked another host: " + url);
      }
    });
    page.navigate(address(fragment));
    return page;
  }

  String address(String fragment) {
    return studio.address() + (fragment.isEmpty() ? "" : "#" + fragment);
  }

  /** Complaints that a test expects, such as those of a server that was stopped. */
  void forgiveComplaints() {
    complaints.clear();
  }
}
