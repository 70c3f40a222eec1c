package dev.glia.csv;

import dev.glia.table.Categories;
import dev.glia.table.Column;
import dev.glia.table.Numbers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One column of a CSV file while it is read: its numbers, its words, and what it turns out to be.
 *
 * <p>Row 0 is the file's first line, which may turn out to be the header: it is put in at the end.
 */
final class CsvColumn {

  static final int MOST_LEVELS = 1000;

  private static final int NO_WORD = -1;

  private double[] numbers = new double[64]; // [rows]: NaN where there is none
  private int[] words =
      new int[0]; // [rows]: which word, or NO_WORD; empty as long as there is none
  private final Map<String, Integer> levels = new LinkedHashMap<>(); // the words so far
  private final boolean asText; // numbers are words, too
  private int rows = 1;
  private int first = 1; // the first row that is one: 0 without a header
  private int numberCount; // numbers, however badly written
  private int wordCount;
  private int badRow = Integer.MAX_VALUE; // the first badly written number
  private int wordRow = Integer.MAX_VALUE; // the first word
  private int missingRow = Integer.MAX_VALUE; // the first missing value

  CsvColumn(boolean asText) {
    this.asText = asText;
  }

  /** Adds the next row. */
  void add(String text) {
    if (rows == numbers.length) {
      numbers = Arrays.copyOf(numbers, grown(rows));
    }
    put(rows++, text);
  }

  /** Whether no row below the first line has a value. */
  boolean isEmpty() {
    return numberCount == 0 && wordCount == 0;
  }

  private static int grown(int size) {
    return (int) Math.min(2L * size, Integer.MAX_VALUE - 8);
  }

  /** Makes the file's first line the first row. */
  void addFirst(String text) {
    first = 0;
    put(0, text);
  }

  private void put(int row, String text) {
    numbers[row] = Double.NaN;
    Double number = NumberText.parse(text);
    if (number != null && Math.abs(number) <= Float.MAX_VALUE) {
      numbers[row] = number;
      numberCount++;
      if (asText) {
        putWord(row, text);
      }
    } else if (NumberText.isMissing(text)) {
      missingRow = Math.min(missingRow, row);
    } else if (NumberText.isBadNumber(text)) {
      numberCount++;
      badRow = Math.min(badRow, row);
      if (asText) {
        putWord(row, text);
      }
    } else {
      wordCount++;
      wordRow = Math.min(wordRow, row);
      putWord(row, text);
    }
  }

  private void putWord(int row, String text) {
    if (row >= words.length) {
      int before = words.length;
      words = Arrays.copyOf(words, Math.max(grown(Math.max(before, 32)), row + 1));
      Arrays.fill(words, before, words.length, NO_WORD);
    }
    Integer known = levels.get(text);
    if (known == null && levels.size() <= MOST_LEVELS) { // one more says that they are too many
      known = levels.size();
      levels.put(text, known);
    }
    words[row] = known == null ? MOST_LEVELS : known;
  }

  /** Whether at least half of what is there are numbers. */
  boolean isNumeric() {
    return numberCount >= wordCount && numberCount + wordCount > 0;
  }

  /** Whether a word stands in one of the rows. */
  boolean has(String word) {
    return levels.containsKey(word);
  }

  /** Whether there are words among which there are numbers, whose text is not kept. */
  boolean mixes() {
    return !asText && !isNumeric() && numberCount > 0;
  }

  /** The first row that is no number, though the column holds numbers; none if all are. */
  int firstNoNumber() {
    return Math.min(badRow, wordRow);
  }

  /** The first row with a missing value, or a great number. */
  int missingRow() {
    return missingRow;
  }

  /** How many different words there are, up to {@link #MOST_LEVELS} + 1. */
  int levels() {
    return levels.size();
  }

  /** The different words. */
  Set<String> names() {
    return levels.keySet();
  }

  /** The first row in which a word stands. */
  int rowOf(String word) {
    int level = levels.getOrDefault(word, NO_WORD);
    int row = first;
    while (words[row] != level) {
      row++;
    }
    return row;
  }

  Column toColumn(String name, boolean category) {
    if (!asText && (isNumeric() || levels.isEmpty())) {
      Numbers column = new Numbers(name, Arrays.copyOfRange(numbers, first, rows));
      return category ? Categories.of(column) : column;
    }
    List<String> names = levels.keySet().stream().toList();
    boolean numeric = names.stream().allMatch(text -> NumberText.parse(text) != null);
    List<String> sorted =
        names.stream()
            .sorted(
                numeric
                    ? Comparator.comparingDouble(Double::parseDouble)
                    : Comparator.naturalOrder())
            .toList();
    int[] places = new int[names.size()];
    for (int place = 0; place < places.length; place++) {
      places[levels.getOrDefault(sorted.get(place), 0)] = place; // all are there
    }
    int[] codes = new int[rows - first];
    for (int row = first; row < rows; row++) {
      boolean word = row < words.length && words[row] != NO_WORD;
      codes[row - first] = word ? places[words[row]] : Categories.MISSING;
    }
    return new Categories(name, codes, sorted);
  }
}
