package dev.glia.table;

import dev.glia.internal.text.OutsideText;
import java.util.Arrays;
import java.util.List;

/** A column of categories: for each row one of some levels, or none where it is missing. */
public final class Categories implements Column {

  /** What {@link #code} is where the category is missing. */
  public static final int MISSING = -1;

  private final String name;
  private final int[] codes; // [rows]
  private final List<String> levels;

  /**
   * Categories by number.
   *
   * @param codes {@code [rows]}, each 0 to {@code levels.size() - 1}, or {@link #MISSING}; kept,
   *     must not be changed
   * @param levels their names in order
   * @throws IllegalArgumentException if a code is out of range, two levels have one name, or a name
   *     has more than 1,000 characters
   */
  public Categories(String name, int[] codes, List<String> levels) {
    this(OutsideText.checked("The name of a column", name, OutsideText.NAME), levels, codes);
    OutsideText.names("class", levels);
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] < MISSING || codes[row] >= levels.size()) {
        throw new IllegalArgumentException(
            "Row %d has class %d, there are %d classes (0 to %d)."
                .formatted(row, codes[row], levels.size(), levels.size() - 1));
      }
    }
  }

  private Categories(String name, List<String> levels, int[] codes) {
    this.name = name;
    this.codes = codes;
    this.levels = List.copyOf(levels);
  }

  /** Numbers as categories, in the order of the numbers. */
  public static Categories of(Numbers numbers) {
    double[] values = numbers.values();
    double[] levels =
        Arrays.stream(values)
            .filter(v -> !Double.isNaN(v))
            .map(v -> v + 0.0)
            .distinct()
            .sorted()
            .toArray();
    int[] codes = new int[values.length];
    Arrays.setAll(
        codes,
        row ->
            Double.isNaN(values[row]) ? MISSING : Arrays.binarySearch(levels, values[row] + 0.0));
    return new Categories(
        numbers.name(), codes, Arrays.stream(levels).mapToObj(Categories::level).toList());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int rows() {
    return codes.length;
  }

  /** The level of one row, an index into {@link #levels}, or {@link #MISSING}. */
  public int code(int row) {
    return codes[row];
  }

  @Override
  public boolean missing(int row) {
    return codes[row] == MISSING;
  }

  /** The name of the level that a number stands for: the shortest text, 3 for 3.0. */
  public static String level(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
    return whole ? Long.toString((long) number) : Double.toString(number);
  }

  /** The names of the levels in order. */
  public List<String> levels() {
    return levels;
  }

  /** How many rows each level has, {@code [levels]}. */
  public int[] counts() {
    int[] counts = new int[levels.size()];
    for (int code : codes) {
      if (code != MISSING) {
        counts[code]++;
      }
    }
    return counts;
  }

  /**
   * Each row as floats: 1 at its level, 0 elsewhere, {@code [rows][levels]}; for programs that
   * compute for themselves, as training keeps the codes.
   *
   * @throws IllegalArgumentException if the result would not fit an array
   */
  public float[] oneHot() {
    if ((long) codes.length * levels.size() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%d rows of %d classes are too many for one array."
              .formatted(codes.length, levels.size()));
    }
    float[] encoded = new float[codes.length * levels.size()];
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] != MISSING) {
        encoded[row * levels.size() + codes[row]] = 1;
      }
    }
    return encoded;
  }

  @Override
  public Matrix numbers() {
    return new Codes(this);
  }

  @Override
  public Categories select(int[] rows) {
    int[] selected = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selected[i] = codes[rows[i]];
    }
    return new Categories(name, levels, selected);
  }

  private record Codes(Categories categories) implements Matrix {
    @Override
    public int rows() {
      return categories.rows();
    }

    @Override
    public int columns() {
      return 1;
    }

    @Override
    public double get(int row, int column) {
      return categories.code(row);
    }
  }
}
