package dev.glia.studio.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Somebody at the page: finds things by what they are called, presses them, reads what is there. It
 * waits for what shall come true, however long a busy machine takes.
 */
final class Visit {

  private static final double PATIENCE = 60_000; // milliseconds

  private final Page page;

  Visit(Page page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
  }

  Page page() {
    return page;
  }

  // ---- finding

  Locator button(String name) {
    return named(AriaRole.BUTTON, name);
  }

  Locator named(AriaRole role, String name) {
    return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The part of the column of settings that has this heading, such as Training. */
  Locator settings(String heading) {
    return named(AriaRole.REGION, heading);
  }

  /** A field of these settings. */
  Locator field(String heading, String label) {
    return settings(heading)
        .getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName(label).setExact(true));
  }

  Locator choice(String heading, String label) {
    return settings(heading)
        .getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName(label).setExact(true));
  }

  /** A value in the bar at the top, such as of Updates. */
  Locator shown(String label) {
    return named(AriaRole.GROUP, "State of the run")
        .locator("> div")
        .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + label)))
        .locator(".value");
  }

  /** A picture whose text has this in it. */
  Locator picture(String text) {
    return page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName(text));
  }

  // ---- acting

  /** Types a value and leaves the field. */
  void type(Locator field, String value) {
    field.fill(value);
    field.press("Enter");
  }

  void press(String button) {
    button(button).click();
  }

  Visit data(String name) {
    named(AriaRole.RADIO, name).click();
    return this;
  }

  Visit speed(String pace) {
    named(AriaRole.COMBOBOX, "Speed").selectOption(pace);
    return this;
  }

  Visit tab(String name) {
    named(AriaRole.TAB, name).click();
    return this;
  }

  /** Trains to the end as fast as it goes. */
  Visit runToTheEnd() {
    awaitState("Ready");
    speed("As fast as it can");
    press("Run");
    return awaitState("Finished");
  }

  // ---- waiting

  Visit awaitState(String state) {
    return awaitShown("State", state);
  }

  Visit awaitShown(String label, String value) {
    awaitText(shown(label), value);
    return this;
  }

  void awaitText(Locator where, String text) {
    assertThat(where).hasText(text, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
  }

  /** Waits until the picture's text is this. */
  void awaitPicture(String text) {
    picture(text).first().waitFor();
  }

  /** Waits for an expression of the page to be true. */
  Visit await(String expression) {
    page.waitForFunction(expression);
    return this;
  }

  /** Nothing of what a user's names say has become a part of the page, or has been run. */
  void expectNoMarkup() {
    Object found =
        page.evaluate(
            """
            () => [
              ...document.querySelectorAll("iframe, script:not([src^='/']), img:not([src^='/'])"),
              ...[...document.querySelectorAll("*")].filter(e =>
                [...e.attributes].some(a => a.name.startsWith("on"))),
              ...[...document.querySelectorAll("b")].filter(e => e.textContent === "yes"),
            ].map(e => e.outerHTML)
            """);
    if (!List.of().equals(found) || page.evaluate("window.hacked ?? null") != null) {
      throw new AssertionError("This became markup: " + found);
    }
  }

  // ---- reading

  /** What the server answers to a request of the page. */
  Map<String, Object> get(String path) {
    return map(page.evaluate("async path => (await fetch(path)).json()", path));
  }

  /** Something posted to the run as the page does it: {@code speed}, {@code pause}. */
  Map<String, Object> post(String command, String json) {
    return map(
        page.evaluate(
            "([path, json]) => glia.api.post(path, JSON.parse(json))",
            List.of("/api/sessions/" + id() + "/" + command, json)));
  }

  String id() {
    return (String) page.evaluate("() => glia.state.id");
  }

  Map<String, Object> state() {
    return get("/api/sessions/" + id());
  }

  /** A frame of now, or of a moment, with some parts. */
  Map<String, Object> frame(String query) {
    return get("/api/sessions/" + id() + "/frame?" + query);
  }

  /** A score as the server has it, with all its digits. */
  double score(String name) {
    return number(map(frame("parts=").get("scores")).get(name));
  }

  /** An object of the page's. */
  Map<String, Object> evaluated(String expression) {
    return map(page.evaluate(expression));
  }

  /** A whole number of the page's. */
  long number(String expression) {
    return ((Number) page.evaluate(expression)).longValue();
  }

  /** A number as the page writes it: {@code loss}, {@code percent} or another of format.js. */
  String written(String format, double value) {
    return (String)
        page.evaluate(
            "([format, value]) => import('/js/format.js').then(module => module[format](value))",
            List.of(format, value));
  }

  @SuppressWarnings("unchecked") // what JSON gives
  static Map<String, Object> map(Object json) {
    return (Map<String, Object>) json;
  }

  @SuppressWarnings("unchecked") // what JSON gives
  static <T> List<T> list(Object json) {
    return (List<T>) json;
  }

  static double number(Object json) {
    return ((Number) json).doubleValue();
  }
}
