package dev.glia.csv;

import dev.glia.internal.text.OutsideText;
import dev.glia.reading.ReadingOptions;
import dev.glia.task.Task;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to read a CSV file; what is not said is found out from the file.
 *
 * <p>{@link #defaults} says nothing; the {@code with} methods give a copy that says one thing more.
 *
 * @param header whether the first row holds the columns' names
 * @param separator the character between two fields, a blank for runs of blanks, or null: that of
 *     comma, semicolon, tab, bar and blanks which gives all lines one number of fields
 * @param encoding of the bytes, or null: UTF-8, UTF-16 with its mark, else Windows-1252
 * @param reading what is known of the columns
 */
public record CsvOptions(
    Header header,
    @Nullable Character separator,
    @Nullable Charset encoding,
    ReadingOptions reading) {

  /** Whether the first row holds the columns' names. */
  public enum Header {
    /**
     * It does if a word in it stands above numbers or dates, or if all its fields are words of
     * which none stands below.
     */
    DETECT,
    /** It does. */
    PRESENT,
    /** It does not: it is the first example. */
    ABSENT
  }

  /**
   * Reads a separator: a character, {@code tab} or {@code blanks}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static char parseSeparator(String text) {
    return switch (text) {
      case "tab", "\\t" -> '\t';
      case "blanks" -> CsvDialect.BLANKS;
      default -> {
        if (text.length() != 1 || "\"\r\n".indexOf(text.charAt(0)) >= 0) {
          throw new IllegalArgumentException(
              "A separator is one character, tab or blanks, got %s."
                  .formatted(OutsideText.quoted(text)));
        }
        yield text.charAt(0);
      }
    };
  }

  /** Everything is found out from the file. */
  public static CsvOptions defaults() {
    return new CsvOptions(Header.DETECT, null, null, ReadingOptions.defaults());
  }

  /** With or without a header, or with it to be detected. */
  public CsvOptions withHeader(Header header) {
    return new CsvOptions(header, separator, encoding, reading);
  }

  /** With the character between two fields, a blank for runs of blanks. */
  public CsvOptions withSeparator(@Nullable Character separator) {
    return new CsvOptions(header, separator, encoding, reading);
  }

  /** With the encoding of the bytes; null for that to be detected. */
  public CsvOptions withEncoding(@Nullable Charset encoding) {
    return new CsvOptions(header, separator, encoding, reading);
  }

  /** With what is known of the columns. */
  public CsvOptions withReading(ReadingOptions reading) {
    return new CsvOptions(header, separator, encoding, reading);
  }

  /** With the column to predict: its name, or its number from 1; null for that to be detected. */
  public CsvOptions withTarget(@Nullable String target) {
    return withReading(reading.withTargets(target == null ? List.of() : List.of(target)));
  }

  /** With classes or numbers to predict, or with that to be detected. */
  public CsvOptions withTask(Task.Kind task) {
    return withReading(reading.withTask(task));
  }

  /**
   * With known columns, such as those of a model.
   *
   * @param features to take as features, in this order
   * @param targets to take as what is to be predicted, where the file has them
   */
  public CsvOptions withColumns(List<String> features, List<String> targets) {
    return withReading(reading.withFeatures(features, targets));
  }

  /** Without a target: what stands in its column does not matter. */
  public CsvOptions withFeaturesAlone() {
    return withReading(reading.withoutTargets());
  }
}
