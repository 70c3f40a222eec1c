package dev.glia.split;

import dev.glia.table.Numbers;
import dev.glia.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A table in up to three parts.
 *
 * @param train the part to learn from
 * @param validation the part to look at while learning, and to choose by; null for none. Where
 *     there are two parts only, as in the articles, it is the {@link #test} part
 * @param test the part kept back until the end; null for none
 */
public record Parts(Table train, @Nullable Table validation, @Nullable Table test) {

  /** Two parts: what is kept back is looked at while learning, too. */
  public Parts(Table train, Table test) {
    this(train, test, test);
  }

  /** Everything to learn from. */
  public static Parts all(Table table) {
    return new Parts(table, null, null);
  }

  /** Whether the test part is looked at while learning, as there is no validation part. */
  public boolean watchesTest() {
    return validation != null && validation == test;
  }

  /** The rows to look at while learning: those to validate on, or no rows if there are none. */
  public Table watched() {
    return validation == null ? train.select(new int[0]) : validation;
  }

  /** The same rows with other columns to predict. */
  public Parts predicting(List<String> targets) {
    Table watched = validation == null ? null : validation.predicting(targets);
    return new Parts(
        train.predicting(targets),
        watched,
        watchesTest() ? watched : test == null ? null : test.predicting(targets));
  }

  /** A column of numbers over all parts; a part that lacks it is left out. */
  public Numbers all(String column) {
    DoubleStream values = DoubleStream.empty();
    for (Table part :
        watchesTest() ? new Table[] {train, test} : new Table[] {train, validation, test}) {
      if (part != null && part.find(column).orElse(null) instanceof Numbers numbers) {
        values = DoubleStream.concat(values, Arrays.stream(numbers.values()));
      }
    }
    return new Numbers(column, values.toArray());
  }
}
