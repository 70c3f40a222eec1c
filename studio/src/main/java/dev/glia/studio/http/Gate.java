package dev.glia.studio.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets in what our own page asks for, and nothing else: any page in the user's browser can send
 * requests to this machine.
 *
 * <p>A foreign name in {@code Host} is a page whose name was made to point at this machine (DNS
 * rebinding); a foreign {@code Origin} or {@code Sec-Fetch-Site} is another page. What changes
 * something must also carry the token that stands in our page, which no other page can read, and a
 * media type that no form can send.
 */
final class Gate {

  private static final Set<String> BODIES = Set.of(MediaTypes.JSON, MediaTypes.BYTES);

  private final Set<String> hosts;
  private final Supplier<String> token;

  /**
   * A gate.
   *
   * @param port of this server
   * @param token that the page carries
   */
  Gate(int port, Supplier<String> token) {
    hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    this.token = token;
  }

  /**
   * Lets a request in.
   *
   * @throws Refusal if it is not our page's
   */
  void check(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    checkForm(exchange.getProtocol(), exchange.getRequestURI());
    String host = onlyOne(headers, "Host");
    if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
      throw new Refusal(403, "The studio answers at its own address only, not at this name.");
    }
    String origin = onlyOne(headers, "Origin");
    if (origin != null
        && !origin.equalsIgnoreCase("http://" + host)) { // which is one of ours by now
      throw new Refusal(403, "The studio answers its own page only, not those of others.");
    }
    String site = onlyOne(headers, "Sec-Fetch-Site");
    if (site != null
        && !site.equals("same-origin")
        && !site.equals("none")
        && !isLink(exchange, headers)) {
      throw new Refusal(403, "The studio answers its own page only, not those of others.");
    }
    long length = checkBody(exchange.getRequestMethod(), headers);
    if (exchange.getRequestMethod().equals("POST")) {
      checkToken(onlyOne(headers, "X-Glia-Token"));
      if (length > 0 && !BODIES.contains(MediaTypes.of(headers))) {
        throw new Refusal(
            415, "Expected a body of type " + MediaTypes.JSON + " or " + MediaTypes.BYTES + ".");
      }
    }
  }

  private static void checkForm(String protocol, URI uri) {
    if (!protocol.equals("HTTP/1.1") && !protocol.equals("HTTP/1.0")) {
      throw new Refusal(505, "The studio speaks HTTP/1.1.");
    }
    int length = uri.toString().length();
    if (length > ServerLimits.ADDRESS) {
      throw new Refusal(
          414,
          "Expected an address of at most %,d characters, found %,d: settings come after a #, which no browser sends."
              .formatted(ServerLimits.ADDRESS, length));
    }
    if (uri.isAbsolute() || uri.getRawAuthority() != null) {
      throw new Refusal(400, "Expected a path of the studio's, not another server's address.");
    }
  }

  /** Whether it is a click on a link elsewhere that opens our page, by itself, in a tab. */
  private static boolean isLink(HttpExchange exchange, Headers headers) {
    return exchange.getRequestMethod().equals("GET")
        && exchange.getRequestURI().getRawPath().equals("/")
        && "navigate".equals(onlyOne(headers, "Sec-Fetch-Mode"))
        && "document".equals(onlyOne(headers, "Sec-Fetch-Dest"));
  }

  /**
   * The length of the body, which must have been said: pages do, and of a length in chunks the
   * server's reading leaves room for doubt.
   */
  private static long checkBody(String method, Headers headers) {
    if (headers.containsKey("Transfer-Encoding")) {
      throw new Refusal(411, "Expected a body whose Content-Length is given.");
    }
    String length = onlyOne(headers, "Content-Length");
    if (length == null) {
      return 0;
    }
    if (length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Refusal(400, "Expected a Content-Length of digits.");
    }
    long bytes = Long.parseLong(length); // the JDK's server has refused what is too long for it
    if (bytes > 0 && !method.equals("POST")) {
      throw new Refusal(400, "Expected no body with " + method + ".");
    }
    return bytes;
  }

  private void checkToken(@Nullable String given) {
    byte[] expected = token.get().getBytes(StandardCharsets.UTF_8);
    byte[] found = given == null ? new byte[0] : given.getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, found)) {
      throw new Refusal(
          403,
          "This page is of an earlier start of the studio, or not the studio's: load it again.");
    }
  }

  /** A header; null if there is none. */
  private static @Nullable String onlyOne(Headers headers, String name) {
    List<String> values = headers.get(name);
    if (values == null) {
      return null;
    }
    if (values.size() != 1) {
      throw new Refusal(400, "Expected one header " + name + ", found " + values.size() + ".");
    }
    return values.getFirst();
  }
}
