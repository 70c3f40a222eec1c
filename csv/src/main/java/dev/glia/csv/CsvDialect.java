package dev.glia.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.glia.internal.text.NumberText;
import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is written: found out from its first lines.
 *
 * @param separator between two fields; a blank stands for runs of blanks
 * @param width how many fields a row has
 * @param above how many lines stand above the first row, such as a title
 * @param rowNames whether the first row, a header, has no name for the first column, as R writes it
 */
record CsvDialect(char separator, int width, int above, boolean rowNames) {

  static final char BLANKS = ' ';

  /** In the order of precedence: a field may have a decimal comma in it. */
  private static final List<Character> SEPARATORS = List.of('\t', ';', '|', ',');

  private static final int SAMPLE = 500; // rows
  private static final double ALIKE = 0.9; // share of the rows that have as many fields
  private static final double LEAST = 0.5;
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?\\d*,\\d+");

  /** What a separator makes of the first lines. */
  private record Sample(char separator, List<List<String>> rows, int width, double alike) {

    static Sample of(char separator, List<List<String>> rows) {
      Map<Integer, Integer> counts = new HashMap<>();
      rows.forEach(row -> counts.merge(row.size(), 1, Integer::sum));
      int width = 0;
      int most = 0;
      for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
        boolean more = entry.getValue() > most;
        if (more || (entry.getValue() == most && entry.getKey() > width)) {
          width = entry.getKey();
          most = entry.getValue();
        }
      }
      return new Sample(separator, rows, width, rows.isEmpty() ? 0 : (double) most / rows.size());
    }

    /** The share of the fields that are numbers. */
    double numbers() {
      int fields = 0;
      int numbers = 0;
      for (List<String> row : rows) {
        for (String field : row) {
          fields++;
          boolean number =
              NumberText.parse(field) != null || DECIMAL_COMMA.matcher(field).matches();
          numbers += number ? 1 : 0;
        }
      }
      return fields == 0 ? 0 : (double) numbers / fields;
    }

    boolean parts(double least) {
      return width > 1 && alike >= least;
    }
  }

  static CsvDialect of(CsvText text, CsvOptions options) throws IOException {
    Character given = options.separator();
    if (given == null) {
      given = CsvRows.namedSeparator(text);
    }
    return of(given == null ? detect(text) : sampled(text, given));
  }

  private static Sample sampled(CsvText text, char separator) throws IOException {
    Sample sample = sample(text, separator);
    return sample == null ? Sample.of(separator, List.of()) : sample;
  }

  private static Sample detect(CsvText text) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (char separator : SEPARATORS) {
      Sample sample = sample(text, separator);
      if (sample != null) {
        samples.add(sample);
      }
    }
    Sample best = best(samples, ALIKE);
    if (best == null) {
      Sample blanks = sample(text, BLANKS);
      best = blanks != null && blanks.parts(ALIKE) ? blanks : best(samples, LEAST);
      best = best == null && blanks != null && blanks.parts(LEAST) ? blanks : best;
    }
    return best == null ? sampled(text, ',') : best;
  }

  /** The separator that makes most numbers, then most fields, of those that make enough alike. */
  private static @Nullable Sample best(List<Sample> samples, double least) {
    Sample best = null;
    for (Sample sample : samples) {
      if (!sample.parts(least)) {
        continue;
      }
      if (best == null
          || sample.numbers() > best.numbers()
          || (sample.numbers() == best.numbers() && sample.width > best.width)) {
        best = sample;
      }
    }
    return best;
  }

  /** The first rows; null if with this separator the quotes are not where they should be. */
  private static @Nullable Sample sample(CsvText text, char separator) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (CsvRows all = CsvRows.all(text, separator)) {
      CsvRecord row;
      while (rows.size() < SAMPLE && (row = all.record()) != null) {
        if (!CsvRows.isComment(row) && !CsvRows.isBlank(row)) {
          rows.add(row.getFields().stream().map(String::strip).toList());
        }
      }
    } catch (InvalidDataException e) {
      if (!CsvRows.isNoCsv(e)) {
        throw e; // whatever the separator is
      }
      if (rows.isEmpty()) {
        return null;
      }
    }
    return Sample.of(separator, rows);
  }

  private static CsvDialect of(Sample sample) {
    List<List<String>> rows = sample.rows;
    int width = sample.width;
    int first = 0;
    while (first < rows.size() && rows.get(first).size() != width) {
      first++;
    }
    if (sample.alike < LEAST || width <= 1) {
      return new CsvDialect(
          sample.separator, rows.isEmpty() ? 0 : rows.getFirst().size(), 0, false);
    }
    boolean header =
        first > 0
            && rows.get(first - 1).size() == width - 1
            && rows.get(first - 1).stream().allMatch(CsvHeader::isName);
    if (header && width > 2) {
      List<List<String>> below = rows.subList(first, rows.size());
      boolean empty =
          below.stream().allMatch(row -> row.size() != width || row.getLast().isEmpty());
      return empty
          ? new CsvDialect(sample.separator, width - 1, first - 1, false) // an end to each line
          : new CsvDialect(sample.separator, width, first - 1, true);
    }
    return new CsvDialect(sample.separator, width, first, false);
  }
}
