package dev.glia.model;

import dev.glia.activation.Activation;
import dev.glia.internal.text.JavaText;
import dev.glia.internal.text.OutsideText;
import dev.glia.layer.Layer;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What values a setting takes: how they are read and written as text and as Java, and what a form
 * has to know to offer them.
 *
 * <p>Ranges are for forms. What is out of range the recipe refuses, which knows why.
 *
 * @param <T> a value
 */
public sealed interface SettingKind<T> {

  /**
   * The value that a text is.
   *
   * @throws IllegalArgumentException if it is none, with a sentence that says what was expected
   */
  T read(String text);

  /** The text that {@link #read} makes the value of. */
  String write(T value);

  /** The expression that a Java program has for the value. */
  String java(T value);

  /** The types that such an expression may name. */
  default List<Class<?>> javaTypes() {
    return List.of();
  }

  /** The words that there are to choose from, without what may stand in parentheses. */
  default List<String> choices() {
    return List.of();
  }

  /**
   * A word that stands for a number, such as none for no limit.
   *
   * @param owner the class with the constant
   * @param constant the number's name in Java
   */
  record Word<T>(String text, T value, Class<?> owner, String constant) {

    private String java() {
      return owner.getSimpleName() + "." + constant;
    }

    private static boolean is(@Nullable Word<?> word, Object value) {
      return word != null && word.value.equals(value);
    }

    private static boolean reads(@Nullable Word<?> word, String text) {
      return word != null && word.text.equals(text);
    }

    private static String or(@Nullable Word<?> word) {
      return word == null ? "" : " or " + word.text;
    }

    private static List<Class<?>> types(@Nullable Word<?> word) {
      return word == null ? List.of() : List.of(word.owner);
    }
  }

  /**
   * A whole number.
   *
   * @param word null if there is none
   */
  record Whole(int least, int most, @Nullable Word<Integer> word) implements SettingKind<Integer> {

    /** Any whole number from one on. */
    public static Whole from(int least) {
      return new Whole(least, Integer.MAX_VALUE, null);
    }

    /** The same, or a word. */
    public Whole or(String text, int value, Class<?> owner, String constant) {
      return new Whole(least, most, new Word<>(text, value, owner, constant));
    }

    @Override
    public Integer read(String text) {
      if (word != null && Word.reads(word, text)) {
        return word.value;
      }
      long number = whole(text, Word.or(word));
      if (number != (int) number) {
        throw new IllegalArgumentException(
            "Expected a whole number up to %d, got %s."
                .formatted(Integer.MAX_VALUE, OutsideText.shown(text)));
      }
      return (int) number;
    }

    @Override
    public String write(Integer value) {
      return word != null && Word.is(word, value) ? word.text : Integer.toString(value);
    }

    @Override
    public String java(Integer value) {
      return word != null && Word.is(word, value) ? word.java() : JavaText.literal((long) value);
    }

    @Override
    public List<Class<?>> javaTypes() {
      return Word.types(word);
    }
  }

  /** A seed of random numbers, from 0 to 2<sup>32</sup> - 1. */
  record Seed() implements SettingKind<Long> {

    /** The greatest. */
    public static final long MOST = (1L << 32) - 1;

    @Override
    public Long read(String text) {
      return whole(text, "");
    }

    @Override
    public String write(Long value) {
      return Long.toString(value);
    }

    @Override
    public String java(Long value) {
      return JavaText.literal((long) value);
    }
  }

  /**
   * A number.
   *
   * @param least none is under it; whether it can be taken itself the recipe says
   * @param most none is over it
   * @param word null if there is none
   */
  record Real(double least, double most, @Nullable Word<Double> word)
      implements SettingKind<Double> {

    /** Any number from one on. */
    public static Real from(double least) {
      return new Real(least, Double.POSITIVE_INFINITY, null);
    }

    /** A number over 0 up to which something is held, or none for no limit. */
    public static Real limit() {
      return new Real(
          0,
          Double.POSITIVE_INFINITY,
          new Word<>("none", Double.POSITIVE_INFINITY, Double.class, "POSITIVE_INFINITY"));
    }

    /** A share of something. */
    public static Real share() {
      return new Real(0, 1, null);
    }

    @Override
    public Double read(String text) {
      if (word != null && Word.reads(word, text)) {
        return word.value;
      }
      try {
        return OutsideText.number(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "Expected a number%s, got %s.".formatted(Word.or(word), OutsideText.quoted(text)), e);
      }
    }

    /** The shortest digits that read back as the same number. */
    @Override
    public String write(Double value) {
      if (word != null && Word.is(word, value)) {
        return word.text;
      }
      return Double.isFinite(value)
          ? plain(new BigDecimal(Double.toString(value)))
          : Double.toString(value);
    }

    private static String plain(BigDecimal number) {
      boolean readable = number.signum() == 0 || Math.abs(number.precision() - number.scale()) < 16;
      BigDecimal shortest = number.stripTrailingZeros();
      return readable ? shortest.toPlainString() : shortest.toString();
    }

    @Override
    public String java(Double value) {
      return word != null && Word.is(word, value) ? word.java() : JavaText.literal((double) value);
    }

    @Override
    public List<Class<?>> javaTypes() {
      return Word.types(word);
    }
  }

  /** Yes or no: an option with a {@code --no-} of its own. */
  record Truth() implements SettingKind<Boolean> {

    @Override
    public Boolean read(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default ->
            throw new IllegalArgumentException(
                "Expected true or false, got " + OutsideText.quoted(text) + ".");
      };
    }

    @Override
    public String write(Boolean value) {
      return Boolean.toString(value);
    }

    @Override
    public String java(Boolean value) {
      return Boolean.toString(value);
    }
  }

  /** One of a few words: the names of an enum's constants in small letters. */
  record Choice<E extends Enum<E>>(Class<E> type) implements SettingKind<E> {

    @Override
    public E read(String text) {
      List<String> words = choices();
      int choice = words.indexOf(text.toLowerCase(Locale.ROOT));
      if (choice < 0) {
        throw new IllegalArgumentException(
            "Expected %s or %s, got %s."
                .formatted(
                    String.join(", ", words.subList(0, words.size() - 1)),
                    words.getLast(),
                    OutsideText.quoted(text)));
      }
      return type.getEnumConstants()[choice];
    }

    @Override
    public String write(E value) {
      return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String java(E value) {
      Class<?> outer = type.getEnclosingClass();
      return (outer == null ? "" : outer.getSimpleName() + ".")
          + type.getSimpleName()
          + "."
          + value.name();
    }

    @Override
    public List<Class<?>> javaTypes() {
      Class<?> outer = type.getEnclosingClass();
      return List.of(outer == null ? type : outer);
    }

    @Override
    public List<String> choices() {
      return Arrays.stream(type.getEnumConstants()).map(this::write).toList();
    }
  }

  /**
   * Something by its name, with numbers in parentheses, such as {@code adam} or {@code
   * leaky_relu(0.05)}.
   *
   * @param type whose {@code parse} is the reader
   * @param choices all names
   * @param parameters the numbers that a name takes, in order, each with its default
   * @param reader of a text
   * @param writer of the text that the reader takes
   */
  record Named<T>(
      Class<T> type,
      List<String> choices,
      Function<String, Map<String, Double>> parameters,
      Function<String, T> reader,
      Function<T, String> writer)
      implements SettingKind<T> {

    /** Keeps a copy. */
    public Named {
      choices = List.copyOf(choices);
    }

    @Override
    public T read(String text) {
      return reader.apply(text);
    }

    @Override
    public String write(T value) {
      return writer.apply(value);
    }

    @Override
    public String java(T value) {
      return "%s.parse(%s)".formatted(type.getSimpleName(), JavaText.literal(write(value)));
    }

    @Override
    public List<Class<?>> javaTypes() {
      return List.of(type);
    }
  }

  /** The hidden layers, such as {@code 16:relu,dropout(0.2),8:tanh}, or none. */
  record Layers() implements SettingKind<List<Layer>> {

    @Override
    public List<Layer> read(String text) {
      return Layer.parseAll(text);
    }

    @Override
    public String write(List<Layer> value) {
      return value.isEmpty()
          ? "none"
          : value.stream().map(Layer::name).collect(Collectors.joining(","));
    }

    @Override
    public String java(List<Layer> value) {
      return "Layer.parseAll(%s)".formatted(JavaText.literal(write(value)));
    }

    @Override
    public List<Class<?>> javaTypes() {
      return List.of(Layer.class);
    }

    /** The activations. */
    @Override
    public List<String> choices() {
      return Activation.names();
    }
  }

  private static long whole(String text, String or) {
    try {
      return OutsideText.whole(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Expected a whole number%s, got %s.".formatted(or, OutsideText.quoted(text)), e);
    }
  }
}
