package dev.glia.studio.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the handler of a path. */
final class Router implements Routes {

  private final List<Route> routes = new ArrayList<>();

  /** A way into the studio: {@code path} is split at its slashes. */
  private record Route(String method, List<String> path, Handler handler, boolean computes) {}

  /**
   * The handler of a request.
   *
   * @param parts of the path that the route names
   * @param computes whether it may take long
   * @param name the last word of the route
   */
  record Match(Handler handler, Map<String, String> parts, boolean computes, String name) {}

  @Override
  public void get(String path, Handler handler) {
    add("GET", path, handler, true);
  }

  @Override
  public void post(String path, Handler handler) {
    add("POST", path, handler, true);
  }

  @Override
  public void glance(String path, Handler handler) {
    add("GET", path, handler, false);
  }

  @Override
  public void command(String path, Handler handler) {
    add("POST", path, handler, false);
  }

  private void add(String method, String path, Handler handler, boolean computes) {
    if (!path.startsWith("/api/")) {
      throw new IllegalArgumentException("A route begins with /api/, not so " + path + ".");
    }
    routes.add(new Route(method, split(path), handler, computes));
  }

  /**
   * The handler of a request.
   *
   * @param path as it was sent: parts of it are plain names, and one that needs decoding has none
   * @throws Refusal if there is none
   */
  Match find(String method, String path) {
    List<String> asked = split(path);
    SortedSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      Map<String, String> parts = new HashMap<>();
      if (matches(route.path, asked, parts)) {
        if (route.method.equals(method)) {
          return new Match(route.handler, parts, route.computes, name(route.path));
        }
        methods.add(route.method);
      }
    }
    if (methods.isEmpty()) {
      throw new Refusal(404, "The studio has nothing at this address.");
    }
    throw Refusal.method(methods);
  }

  private static List<String> split(String path) {
    return List.of(path.split("/", -1));
  }

  private static String name(List<String> route) {
    return route.reversed().stream().filter(part -> !part.startsWith("{")).findFirst().orElse("");
  }

  private static boolean matches(
      List<String> route, List<String> asked, Map<String, String> parts) {
    if (route.size() != asked.size()) {
      return false;
    }
    for (int i = 0; i < route.size(); i++) {
      String expected = route.get(i);
      if (expected.startsWith("{")) {
        if (!isName(asked.get(i))) {
          return false;
        }
        parts.put(expected.substring(1, expected.length() - 1), asked.get(i));
      } else if (!expected.equals(asked.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a part of a path is a plain name: no way up, nothing to decode. */
  private static boolean isName(String part) {
    return !part.isEmpty()
        && !part.startsWith(".")
        && part.chars()
            .allMatch(
                c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.'));
  }
}
