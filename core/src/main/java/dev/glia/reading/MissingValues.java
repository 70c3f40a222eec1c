package dev.glia.reading;

import dev.glia.internal.text.OutsideText;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which texts stand for a value that is not there. An empty one always does.
 *
 * @param spellings in lower case
 */
public record MissingValues(Set<String> spellings) {

  private static final int LONGEST = 40; // characters of a spelling

  /**
   * The usual spellings: {@code NA}, {@code N/A}, {@code NaN}, {@code null}, {@code ?} and more.
   */
  public static final MissingValues USUAL =
      new MissingValues(
          Set.of(
              "na",
              "n/a",
              "n.a.",
              "nan",
              "-nan",
              "null",
              "(null)",
              "none",
              "nil",
              "?",
              "-",
              "--",
              ".",
              "#n/a",
              "#na",
              "#n/a n/a",
              "<na>",
              "\\n",
              "#null!",
              "#value!",
              "#div/0!",
              "#ref!",
              "nat"));

  /** Keeps a copy. */
  public MissingValues {
    spellings = Set.copyOf(spellings);
  }

  /**
   * Reads spellings with commas between them, such as {@code NA,?}; none are added.
   *
   * @throws IllegalArgumentException if one is longer than 40 characters
   */
  public static MissingValues parse(String text) {
    Set<String> spellings = new HashSet<>();
    Arrays.stream(text.split(",", -1))
        .map(spelling -> OutsideText.checked("A missing value", spelling.strip(), LONGEST))
        .filter(spelling -> !spelling.isEmpty())
        .forEach(spelling -> spellings.add(spelling.toLowerCase(Locale.ROOT)));
    return new MissingValues(spellings);
  }

  /** Whether a text is such a spelling, in capitals or not. */
  public boolean contains(String text) {
    return text.isEmpty()
        || (text.length() <= LONGEST && spellings.contains(text.toLowerCase(Locale.ROOT)));
  }

  /** The usual spellings, or others where somebody has named them. */
  public boolean usual() {
    return equals(USUAL);
  }
}
