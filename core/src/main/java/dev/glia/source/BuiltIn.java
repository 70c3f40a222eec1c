package dev.glia.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A data set that Glia makes itself, with its settings as data: a command or a page can ask for
 * them.
 *
 * <p>To add one: a new {@link Generator}, and a line in the table below.
 *
 * @param name as on the command line
 * @param description one line
 * @param parameters the numbers that can be set, the usual ones first
 * @param shuffle whether the rows come in random order by default
 * @param maker makes the generator
 */
public record BuiltIn(
    String name, String description, List<Parameter> parameters, boolean shuffle, Maker maker) {

  private static final String SAMPLES = "samples";
  private static final String NOISE = "noise";
  private static final String DATA_SEED = "data-seed";
  private static final String CENTERS = "centers";

  /**
   * A number that can be set.
   *
   * @param name as on the command line
   * @param description one line
   * @param value the default
   * @param least the least that a form offers
   * @param most the greatest that a form offers; generators take more, see their own limits
   * @param step the distance of two values that a form offers; a whole one means that only whole
   *     numbers make sense
   */
  public record Parameter(
      String name, String description, double value, double least, double most, double step) {

    /** Whether only whole numbers make sense. */
    public boolean whole() {
      return step == Math.rint(step);
    }

    /**
     * Refuses what a form does not offer.
     *
     * @throws IllegalArgumentException if the value is not between least and most, or not whole
     *     where it must be
     */
    public void check(double value) {
      if (!(value >= least && value <= most) || (whole() && value != Math.rint(value))) {
        throw new IllegalArgumentException(
            "%s must be a %s from %s to %s, got %s."
                .formatted(
                    name,
                    whole() ? "whole number" : "number",
                    text(least),
                    text(most),
                    text(value)));
      }
    }
  }

  /** What was asked for: all numbers of a data set, and whether its rows are shuffled. */
  public record Values(Map<String, Double> numbers, boolean shuffle) {

    /** Keeps a copy. */
    public Values {
      numbers = Map.copyOf(numbers);
    }

    int samples() {
      return whole(SAMPLES);
    }

    double noise() {
      return number(NOISE);
    }

    long seed() {
      return (long) number(DATA_SEED);
    }

    int whole(String parameter) {
      return (int) number(parameter);
    }

    private double number(String parameter) {
      return Objects.requireNonNull(numbers.get(parameter), parameter); // generator() puts all in
    }
  }

  /** Makes a generator of given settings. */
  @FunctionalInterface
  public interface Maker {
    /** Makes the generator, which checks its settings. */
    Generator make(Values values);
  }

  /** The constructor of a generator without settings of its own. */
  @FunctionalInterface
  private interface Plain {
    Generator make(int samples, double noise, boolean shuffle, long seed);
  }

  private static final Map<String, BuiltIn> ALL = new LinkedHashMap<>();

  static {
    add("moons", "two half circles, the second article's", 200, 0.2, false, Moons::new);
    add("circles", "a small circle in a large one", 300, 0.1, true, Circles::new);
    add(
        "blobs",
        "round clouds, three if not asked for more",
        300,
        1,
        true,
        v -> new Blobs(v.samples(), v.whole(CENTERS), v.noise(), v.shuffle(), v.seed()),
        new Parameter(CENTERS, "Clouds, which are the classes.", 3, 2, 8, 1));
    add("spirals", "two arms about each other", 400, 0.02, true, Spirals::new);
    add("xor", "a square, classes by the signs of x and y", 400, 0.05, true, Xor::new);
    add("sine", "a number: two periods of a sine", 200, 0.1, true, Sine::new);
    add("hills", "a number: the height of hills and hollows", 500, 0.05, true, Hills::new);
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
      String name, String description, int samples, double noise, boolean shuffle, Plain maker) {
    add(
        name,
        description,
        samples,
        noise,
        shuffle,
        v -> maker.make(v.samples(), v.noise(), v.shuffle(), v.seed()));
  }

  private static void add(
      String name,
      String description,
      int samples,
      double noise,
      boolean shuffle,
      Maker maker,
      Parameter... own) {
    List<Parameter> parameters = new ArrayList<>();
    // A multiple of ten that is enough for a test part, up to what is seen and trained at once.
    parameters.add(
        new Parameter(SAMPLES, "Rows to make.", samples, 20, Math.max(2000, 2 * samples), 10));
    parameters.add(
        new Parameter(
            NOISE, "Noise, a standard deviation.", noise, 0, Math.max(0.5, 4 * noise), 0.01));
    parameters.addAll(List.of(own));
    parameters.add(new Parameter(DATA_SEED, "Seed of the random numbers.", 0, 0, 0xFFFFFFFFL, 1));
    ALL.put(name, new BuiltIn(name, description, parameters, shuffle, maker));
  }

  /** Keeps a copy of the parameters. */
  public BuiltIn {
    parameters = List.copyOf(parameters);
  }

  /** All of them in order. */
  public static List<BuiltIn> all() {
    return List.copyOf(ALL.values());
  }

  /** The one of a name. */
  public static Optional<BuiltIn> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** The parameter of a name. */
  public Optional<Parameter> parameter(String parameter) {
    return parameters.stream().filter(p -> p.name().equals(parameter)).findFirst();
  }

  /** The generator with all defaults. */
  public Generator generator() {
    return generator(Map.of(), shuffle);
  }

  /**
   * The generator of some settings.
   *
   * @param given numbers by the names of parameters; what is missing takes its default
   * @param shuffle whether the rows come in random order
   * @throws IllegalArgumentException if there is no such parameter, or the generator refuses one
   */
  public Generator generator(Map<String, ? extends Number> given, boolean shuffle) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      numbers.put(parameter.name(), parameter.value());
    }
    given.forEach((parameter, number) -> {
      if (numbers.put(parameter, checked(parameter, number.doubleValue())) == null) {
        throw new IllegalArgumentException(
            "%s has no parameter \"%s\": it has %s."
                .formatted(
                    name,
                    parameter,
                    String.join(", ", parameters.stream().map(Parameter::name).toList())));
      }
    });
    return maker.make(new Values(numbers, shuffle));
  }

  /** A number that can be made the int or the long that it stands for. */
  private double checked(String parameter, double number) {
    boolean whole = parameter(parameter).map(Parameter::whole).orElse(false);
    if (whole && (number != Math.rint(number) || Double.isInfinite(number))) {
      throw new IllegalArgumentException(
          "%s of %s must be a whole number, got %s.".formatted(parameter, name, text(number)));
    }
    return number;
  }

  private static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
