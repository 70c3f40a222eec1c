package dev.glia.cli;

import dev.glia.data.Blobs;
import dev.glia.data.Circles;
import dev.glia.data.Digits;
import dev.glia.data.Generator;
import dev.glia.data.Moons;
import dev.glia.data.Spirals;
import dev.glia.data.Xor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set that Glia makes itself.
 *
 * @param name as on the command line
 * @param description one line
 * @param samples the default number of rows
 * @param noise the default noise
 * @param shuffle whether the rows come in random order by default
 * @param maker makes the generator of given settings
 */
record BuiltIn(
    String name, String description, int samples, double noise, boolean shuffle, Maker maker) {

  /** Makes a generator. */
  @FunctionalInterface
  interface Maker {
    Generator make(int samples, double noise, boolean shuffle, long seed);
  }

  private static final Map<String, BuiltIn> ALL = new LinkedHashMap<>();

  static {
    add("moons", "two half circles, the second article's", 200, 0.2, false, Moons::new);
    add("circles", "a small circle in a large one", 300, 0.1, true, Circles::new);
    add(
        "blobs",
        "three round clouds",
        300,
        1,
        true,
        (samples, noise, shuffle, seed) -> new Blobs(samples, 3, noise, shuffle, seed));
    add("spirals", "two arms about each other", 400, 0.02, true, Spirals::new);
    add("xor", "a square, classes by the signs of x and y", 400, 0.05, true, Xor::new);
    Digits digits = Digits.standard();
    add(
        "digits",
        "28x28 digits that Glia draws itself",
        digits.samples(),
        digits.noise(),
        digits.shuffle(),
        Digits::new);
  }

  private static void add(
      String name, String description, int samples, double noise, boolean shuffle, Maker maker) {
    ALL.put(name, new BuiltIn(name, description, samples, noise, shuffle, maker));
  }

  /** All of them in order. */
  static List<BuiltIn> all() {
    return List.copyOf(ALL.values());
  }

  /** The one of a name. */
  static Optional<BuiltIn> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }
}
