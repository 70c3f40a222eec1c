package dev.glia.reading;

import dev.glia.internal.text.NumberText;
import dev.glia.table.DateFormat;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A column of texts while it is read, and before anything is known of it: plain numbers as such,
 * each different other text once.
 *
 * <p>Row 0 is left free for a file's first line, which may turn out to be a header.
 */
public final class TextColumn {

  static final int NO_WORD = -1;

  private final MissingValues missing;
  private final boolean asText; // plain numbers are kept as texts, too
  private double[] numbers = new double[64]; // [rows]: NaN where there is no plain number
  private int[] words = new int[0]; // [rows]: which text, or NO_WORD; empty as long as none is
  private final Map<String, Integer> places = new LinkedHashMap<>(); // the texts so far
  private int rows = 1;
  private int first = 1; // the first row that is one: 0 without a header
  private int plainCount; // plain numbers
  private int wordCount; // texts that are neither plain numbers nor missing
  private boolean pointed; // whether a plain number has a point
  private int missingCount;
  private final Map<String, Integer> marks = new TreeMap<>(); // for missing ones, but empty fields

  /**
   * An empty column.
   *
   * @param asText whether the texts of plain numbers are kept
   */
  public TextColumn(MissingValues missing, boolean asText) {
    this.missing = missing;
    this.asText = asText;
  }

  /** Adds the text of the next row, without blanks around it. */
  public void add(String text) {
    if (rows == numbers.length) {
      numbers = Arrays.copyOf(numbers, grown(rows));
    }
    put(rows++, text);
  }

  private static int grown(int size) {
    return (int) Math.min(2L * size, Integer.MAX_VALUE - 8);
  }

  /** Makes a file's first line the first row. */
  public void addFirst(String text) {
    first = 0;
    put(0, text);
  }

  private void put(int row, String text) {
    boolean digit = !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
    if (!(digit && missing.usual()) && missing.contains(text)) { // no usual one is a number
      numbers[row] = Double.NaN;
      missingCount++;
      if (!text.isEmpty()) {
        marks.merge(text, 1, Integer::sum);
      }
      return;
    }
    numbers[row] = Double.NaN;
    Double number = NumberText.parse(text);
    if (number != null && NumberText.isUsable(number)) {
      numbers[row] = number;
      plainCount++;
      pointed |= text.indexOf('.') >= 0;
      if (asText) {
        putWord(row, text);
      }
    } else {
      wordCount++;
      putWord(row, text);
    }
  }

  private void putWord(int row, String text) {
    if (row >= words.length) {
      int before = words.length;
      words = Arrays.copyOf(words, Math.max(grown(Math.max(before, 32)), row + 1));
      Arrays.fill(words, before, words.length, NO_WORD);
    }
    Integer place = places.get(text);
    if (place == null) {
      place = places.size();
      places.put(text, place);
    }
    words[row] = place;
  }

  /** The number of rows. */
  public int rows() {
    return rows - first;
  }

  /** Whether no row has a value. */
  public boolean isEmpty() {
    return plainCount + wordCount == 0;
  }

  /** Whether a row has no value. */
  public boolean hasMissing() {
    return missingCount > 0;
  }

  /** Whether at least half of what is there looks like numbers, however written. */
  public boolean isNumeric() {
    int numeric = plainCount;
    if (wordCount > 0) {
      Map<String, Integer> counts = words();
      NumberFormat format = NumberFormat.of(counts, plainCount, null);
      for (Map.Entry<String, Integer> word : counts.entrySet()) {
        boolean number =
            (format != null && format.parse(word.getKey()) != null)
                || NumberText.isTooLarge(word.getKey());
        numeric += number ? word.getValue() : 0;
      }
    }
    return 2 * numeric >= plainCount + wordCount && plainCount + wordCount > 0;
  }

  /** Whether nearly all of what is there are dates or times. */
  public boolean holdsDates() {
    return wordCount > 0
        && plainCount == 0
        && words().keySet().stream()
            .limit(Interpretation.SAMPLE)
            .allMatch(word ->
                !Double.isNaN(DateFormat.DAY_FIRST.parse(word))
                    || !Double.isNaN(DateFormat.MONTH_FIRST.parse(word)));
  }

  /** Whether a text, but a plain number, stands in one of the rows. */
  public boolean has(String text) {
    return places.containsKey(text);
  }

  /** Whether texts of plain numbers have been kept. */
  boolean keepsTexts() {
    return asText;
  }

  int plainCount() {
    return plainCount;
  }

  int wordCount() {
    return wordCount;
  }

  boolean pointed() {
    return pointed;
  }

  int missingCount() {
    return missingCount;
  }

  /** How often each mark for a missing value stands there; empty fields have none. */
  Map<String, Integer> marks() {
    return marks;
  }

  /** How often each text stands there, in the order of their first rows. */
  Map<String, Integer> words() {
    List<String> texts = List.copyOf(places.keySet());
    int[] counts = new int[texts.size()];
    for (int row = first; row < Math.min(rows, words.length); row++) {
      if (words[row] != NO_WORD) {
        counts[words[row]]++;
      }
    }
    Map<String, Integer> found = new LinkedHashMap<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        found.put(texts.get(i), counts[i]);
      }
    }
    return found;
  }

  /** The plain number of a row, counted from the first one; NaN if there is none. */
  double number(int row) {
    return numbers[first + row];
  }

  /** All plain numbers, {@code [rows]}, NaN where there is none. */
  double[] numbers() {
    return Arrays.copyOfRange(numbers, first, rows);
  }

  /** Which of the texts stands in a row, or {@link #NO_WORD}. */
  int word(int row) {
    int at = first + row;
    return at < words.length ? words[at] : NO_WORD;
  }

  /** The texts by which {@link #word} counts. */
  List<String> texts() {
    return List.copyOf(places.keySet());
  }

  /** The first row in which each of some texts stands. */
  Map<String, Integer> rowsOf(List<String> texts) {
    Map<Integer, String> wanted = new HashMap<>();
    texts.forEach(text -> wanted.put(places.getOrDefault(text, NO_WORD), text));
    Map<String, Integer> found = new LinkedHashMap<>();
    for (int row = 0; row < rows() && !wanted.isEmpty(); row++) {
      String text = wanted.remove(word(row));
      if (text != null && word(row) != NO_WORD) {
        found.put(text, row);
      }
    }
    return found;
  }
}
