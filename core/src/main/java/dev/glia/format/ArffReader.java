package dev.glia.format;

import dev.glia.format.ArffFields.MalformedException;
import dev.glia.internal.io.FreeMemory;
import dev.glia.internal.text.OutsideText;
import dev.glia.reading.RawTable;
import dev.glia.reading.RawTable.RawColumn;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TypedTable;
import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one ARFF file: its header, then its rows. */
final class ArffReader {

  private static final String RELATION = "@relation";
  private static final String ATTRIBUTE = "@attribute";
  private static final String DATA = "@data";
  private static final String HINT =
      " An ARFF file has @relation, an @attribute a column, @data, and a row a line.";

  private final Path file;
  private final ArffLines lines;
  private final ReadingOptions options;
  private final List<ArffAttribute> attributes = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private @Nullable String title;
  private long weighted; // rows with a weight
  private long checked; // as soon as there are so many, memory is looked at again
  private long sparseCells; // values that sparse rows leave out, which take memory all the same

  ArffReader(Path file, ArffLines lines, ReadingOptions options) {
    this.file = file;
    this.lines = lines;
    this.options = options;
  }

  RawTable read() throws IOException {
    readHeader();
    int rows = readRows();
    if (rows == 0) {
      throw new InvalidDataException(
          file + " has no row below @data: rows to learn from are needed.");
    }
    if (weighted > 0) {
      remarks.add("The weights of %,d rows are left out.".formatted(weighted));
    }
    List<RawColumn> columns = new ArrayList<>();
    attributes.forEach(attribute -> columns.add(attribute.column(remarks)));
    return new TypedTable(
        file.toString(),
        title == null ? TypedTable.title(file) : title,
        columns,
        remarks,
        true,
        List.of());
  }

  private InvalidDataException wrong(String what) {
    return new InvalidDataException("%s, line %d: %s.".formatted(file, lines.number(), what));
  }

  // The header.

  private void readHeader() throws IOException {
    String line;
    while ((line = lines.next()) != null) {
      ArffFields fields = new ArffFields(line);
      try {
        String keyword = fields.next(" ").toLowerCase(Locale.ROOT);
        switch (keyword) {
          case RELATION -> readTitle(fields);
          case ATTRIBUTE -> attributes.add(attribute(fields));
          case DATA -> {
            checkAttributes();
            return;
          }
          default ->
              throw wrong(
                  "expected @relation, @attribute or @data, got "
                      + OutsideText.quoted(line)
                      + "."
                      + HINT.substring(0, HINT.length() - 1));
        }
      } catch (MalformedException e) {
        throw wrong(e.getMessage() + " in " + OutsideText.quoted(line));
      }
    }
    throw new InvalidDataException(file + " ends before @data: it may be cut." + HINT);
  }

  private void readTitle(ArffFields fields) throws MalformedException {
    String name = fields.next("");
    if (!name.isEmpty() && name.length() <= OutsideText.NAME) {
      title = name;
    }
  }

  private void checkAttributes() throws InvalidDataException {
    if (attributes.isEmpty()) {
      throw wrong("no @attribute stands above @data." + HINT.substring(0, HINT.length() - 1));
    }
  }

  private ArffAttribute attribute(ArffFields fields) throws IOException, MalformedException {
    String name = fields.next(" {");
    if (name.isEmpty()) {
      throw wrong("an @attribute needs a name and what it holds");
    }
    if (name.length() > OutsideText.NAME) {
      throw wrong(
          "the name of an attribute has at most %d characters, got %s"
              .formatted(OutsideText.NAME, OutsideText.quoted(name)));
    }
    if (fields.takes('{')) {
      return new ArffAttribute.Nominal(name, levels(name, fields));
    }
    String kind = fields.next(" ");
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "numeric", "real", "integer" -> new ArffAttribute.Numeric(name);
      case "string" -> new ArffAttribute.Texts(name, options.missing());
      case "date" -> date(name, fields);
      case "relational" ->
          throw wrong(
              "the attribute %s holds tables (relational), which cannot be learnt from: leave it out of the file"
                  .formatted(OutsideText.quoted(name)));
      default ->
          throw wrong(
              "the attribute %s is to hold %s; expected numeric, string, date or {values, with, commas}"
                  .formatted(OutsideText.quoted(name), OutsideText.quoted(kind)));
    };
  }

  private ArffAttribute date(String name, ArffFields fields)
      throws InvalidDataException, MalformedException {
    String pattern = fields.atEnd() ? null : fields.next("");
    try {
      return new ArffAttribute.Date(name, pattern);
    } catch (IllegalArgumentException e) {
      throw wrong(
          "the attribute %s has dates of the form %s, which is none of Java's: yyyy-MM-dd was expected, for example"
              .formatted(OutsideText.quoted(name), OutsideText.quoted(String.valueOf(pattern))));
    }
  }

  private List<String> levels(String name, ArffFields fields)
      throws InvalidDataException, MalformedException {
    Set<String> levels = new LinkedHashSet<>();
    if (!fields.takes('}')) {
      do {
        String level = fields.next(",}");
        if (level.length() > OutsideText.NAME) {
          throw wrong(
              "a value of the attribute %s has at most %d characters, got %s"
                  .formatted(
                      OutsideText.quoted(name), OutsideText.NAME, OutsideText.quoted(level)));
        }
        if (!levels.add(level)) {
          throw wrong(
              "the attribute %s has the value %s twice"
                  .formatted(OutsideText.quoted(name), OutsideText.quoted(level)));
        }
      } while (fields.takes(','));
      if (!fields.takes('}')) {
        throw wrong(
            "the values of the attribute %s are not closed by }"
                .formatted(OutsideText.quoted(name)));
      }
    }
    return List.copyOf(levels);
  }

  // The rows.

  private int readRows() throws IOException {
    int rows = 0;
    String line;
    while ((line = lines.next()) != null) {
      ArffFields fields = new ArffFields(line);
      try {
        if (fields.takes('{')) {
          readSparse(fields);
        } else {
          readDense(fields, line);
        }
      } catch (MalformedException e) {
        throw wrong(e.getMessage() + " in " + OutsideText.quoted(line));
      }
      rows++;
    }
    return rows;
  }

  private void readDense(ArffFields fields, String line) throws IOException, MalformedException {
    boolean commas = line.indexOf(',') >= 0;
    for (int i = 0; i < attributes.size(); i++) {
      if (i > 0 && commas && !fields.takes(',')) {
        throw tooFew(i, line);
      }
      if (fields.atEnd()) {
        throw tooFew(i, line);
      }
      add(attributes.get(i), fields.next(commas ? "," : " "), fields.quoted());
    }
    if (fields.takes(',')) {
      if (!fields.takes('{')) {
        throw wrong(
            "more values than the %d of the header in %s"
                .formatted(attributes.size(), OutsideText.quoted(line)));
      }
      weighted++;
    } else if (!fields.atEnd()) {
      throw wrong(
          "more values than the %d of the header in %s"
              .formatted(attributes.size(), OutsideText.quoted(line)));
    }
  }

  private InvalidDataException tooFew(int values, String line) {
    return wrong(
        "expected %d values, as the header has attributes, got %d in %s"
            .formatted(attributes.size(), values, OutsideText.quoted(line)));
  }

  /** Pairs of an attribute's number from 0 and its value; what is left out is 0. */
  private void readSparse(ArffFields fields) throws IOException, MalformedException {
    sparseCells += attributes.size();
    checkMemory();
    int at = 0;
    while (!fields.takes('}')) {
      String place = fields.next(" ");
      if (!place.matches("[0-9]{1,9}")
          || Integer.parseInt(place) < at
          || Integer.parseInt(place) >= attributes.size()) {
        throw wrong(
            "expected the number of an attribute, %d to %d, in ascending order, got %s"
                .formatted(at, attributes.size() - 1, OutsideText.quoted(place)));
      }
      for (int next = Integer.parseInt(place); at < next; at++) {
        attributes.get(at).addZero();
      }
      add(attributes.get(at++), fields.next(",}"), fields.quoted());
      if (!fields.takes(',') && fields.atEnd()) {
        throw wrong("a row that begins with { is not closed by }");
      }
    }
    for (; at < attributes.size(); at++) {
      attributes.get(at).addZero();
    }
  }

  private void add(ArffAttribute attribute, String text, boolean quoted)
      throws InvalidDataException {
    if (!quoted && (text.equals("?") || text.isEmpty())) {
      attribute.addMissing();
      return;
    }
    String expected = attribute.add(text);
    if (expected != null) {
      throw wrong(
          "column %s: expected %s, got %s"
              .formatted(OutsideText.quoted(attribute.name), expected, OutsideText.quoted(text)));
    }
  }

  /** A few bytes of a sparse row may stand for very many zeros. */
  private void checkMemory() throws InvalidDataException {
    long bytes = 4 * sparseCells * Double.BYTES; // as arrays grow, and more is to come
    if (sparseCells >= checked && !FreeMemory.has(bytes)) {
      throw wrong("with its zeros, what was read so far " + FreeMemory.advice(bytes));
    }
    checked = sparseCells >= checked ? 2 * sparseCells : checked;
  }
}
