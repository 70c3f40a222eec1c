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
 * @param featureNames the columns to take as features, in this order, such as those of a model, or
 *     null: all but the target
 * @param targetNames the columns that a model predicts; taken as the target where the file has them
 * @param featuresAlone whether no target is wanted, such as for a prediction
 */
public record CsvOptions(
    Header header,
    @Nullable Character separator,
    @Nullable String target,
    TargetKind targetKind,
    @Nullable List<String> featureNames,
    List<String> targetNames,
    boolean featuresAlone) {

  /** Whether the first row holds the columns' names. */
  public enum Header {
    /**
     * It does if a word in it stands above numbers, or if all its fields are words of which none
     * stands below.
     */
    DETECT,
    /** It does. */
    PRESENT,
    /** It does not: it is the first example. */
    ABSENT
  }

  /** What the target column holds. */
  public enum TargetKind {
    /** What stands there: words are classes, numbers stay numbers. */
    DETECT,
    /** Classes, also if they look like numbers. */
    CLASSES,
    /** Numbers, also if they look like classes. */
    NUMBERS
  }

  /** Keeps copies of the lists. */
  public CsvOptions {
    featureNames = featureNames == null ? null : List.copyOf(featureNames);
    targetNames = List.copyOf(targetNames);
  }

  /** Everything is found out from the file. */
  public static CsvOptions defaults() {
    return new CsvOptions(Header.DETECT, null, null, TargetKind.DETECT, null, List.of(), false);
  }

  /** With or without a header, or with it to be detected. */
  public CsvOptions withHeader(Header value) {
    return new CsvOptions(
        value, separator, target, targetKind, featureNames, targetNames, featuresAlone);
  }

  /** With the character between two fields. */
  public CsvOptions withSeparator(char value) {
    return new CsvOptions(
        header, value, target, targetKind, featureNames, targetNames, featuresAlone);
  }

  /** With the column to predict: its name, or its number from 1; null for the last one. */
  public CsvOptions withTarget(@Nullable String value) {
    return new CsvOptions(
        header, separator, value, targetKind, featureNames, targetNames, featuresAlone);
  }

  /** With classes or numbers to predict, or with that to be detected. */
  public CsvOptions withTargetKind(TargetKind value) {
    return new CsvOptions(
        header, separator, target, value, featureNames, targetNames, featuresAlone);
  }

  /**
   * With known columns, such as those of a model.
   *
   * @param features to take as features, in this order
   * @param targets to take as what is to be predicted, where the file has them
   */
  public CsvOptions withColumns(List<String> features, List<String> targets) {
    return new CsvOptions(header, separator, target, targetKind, features, targets, featuresAlone);
  }

  /** Without a target: what stands in its column does not matter. */
  public CsvOptions withFeaturesAlone() {
    return new CsvOptions(header, separator, target, targetKind, featureNames, targetNames, true);
  }
}
