package dev.glia.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to read a CSV file; what is not said is found out from the file.
 *
 * <p>{@link #defaults} says nothing; the {@code with} methods give a copy that says one thing more.
 *
 * @param header whether the first row holds the columns' names
 * @param separator the character between two fields, or null: that of comma, semicolon and tab
 *     which divides the first row into most fields
 * @param target the column to predict, by its name or its number from 1, or null: the last column
 *     that is not one of the features
 * @param targetKind whether the target is classes or numbers
 * @param featureNames the columns to take as features, in this order, or null: all but the target
 * @param classNames the classes in order, such as those of a model, or null: those in the file
 */
public record CsvOptions(
    Header header,
    @Nullable Character separator,
    @Nullable String target,
    TargetKind targetKind,
    @Nullable List<String> featureNames,
    @Nullable List<String> classNames) {

  /** Whether the first row holds the columns' names. */
  public enum Header {
    /** It does if a feature in it is a word: not a number, not empty, not a mark such as NA. */
    DETECT,
    /** It does. */
    PRESENT,
    /** It does not: it is the first example. */
    ABSENT
  }

  /** What the target column holds. */
  public enum TargetKind {
    /**
     * Classes if a value is a word, or if all are whole numbers, at most 20 different ones, and
     * these are either no more than two or come twice each on average. Everything else is numbers.
     */
    DETECT,
    /** Classes, also if they look like numbers. */
    CLASSES,
    /** Numbers, also if they look like classes. */
    NUMBERS
  }

  /** Keeps copies of the lists. */
  public CsvOptions {
    featureNames = featureNames == null ? null : List.copyOf(featureNames);
    classNames = classNames == null ? null : List.copyOf(classNames);
  }

  /** Everything is found out from the file. */
  public static CsvOptions defaults() {
    return new CsvOptions(Header.DETECT, null, null, TargetKind.DETECT, null, null);
  }

  /** With or without a header, or with it to be detected. */
  public CsvOptions withHeader(Header value) {
    return new CsvOptions(value, separator, target, targetKind, featureNames, classNames);
  }

  /** With the character between two fields. */
  public CsvOptions withSeparator(char value) {
    return new CsvOptions(header, value, target, targetKind, featureNames, classNames);
  }

  /** With the column to predict: its name, or its number from 1; null for the last one. */
  public CsvOptions withTarget(@Nullable String value) {
    return new CsvOptions(header, separator, value, targetKind, featureNames, classNames);
  }

  /** With classes or numbers to predict, or with that to be detected. */
  public CsvOptions withTargetKind(TargetKind value) {
    return new CsvOptions(header, separator, target, value, featureNames, classNames);
  }

  /** With the columns to take as features, in this order, such as those of a model. */
  public CsvOptions withFeatureNames(List<String> value) {
    return new CsvOptions(header, separator, target, targetKind, value, classNames);
  }

  /** With the classes in order, such as those of a model: the target is classes, and no others. */
  public CsvOptions withClassNames(List<String> value) {
    return new CsvOptions(header, separator, target, TargetKind.CLASSES, featureNames, value);
  }
}
