package dev.glia.parquet;

import dev.glia.internal.io.FreeMemory;
import dev.glia.internal.text.OutsideText;
import dev.glia.reading.RawTable;
import dev.glia.reading.RawTable.RawColumn;
import dev.glia.reading.ReadingOptions;
import dev.glia.reading.TableFormat;
import dev.glia.reading.TypedTable;
import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Parquet files: numbers, decimals, booleans, texts, dates and times as what they are, packed by
 * Snappy, gzip, Zstandard or LZ4.
 *
 * <p>Texts are read as those of a CSV file. Columns that hold structures, lists, maps or bytes are
 * left out, and said.
 */
public final class Parquet implements TableFormat {

  private static final String MARK = "PAR1";
  private static final String INDEX = "__index_level_\\d+__"; // what pandas calls its rows' labels

  /** Made by {@link java.util.ServiceLoader}, or by whoever reads such a file. */
  public Parquet() {}

  @Override
  public String name() {
    return "Parquet";
  }

  @Override
  public boolean reads(Path file, byte[] start) {
    String path = file.toString().toLowerCase(Locale.ROOT);
    boolean marked = new String(start, StandardCharsets.ISO_8859_1).startsWith(MARK);
    return path.endsWith(".parquet") || (marked && !path.endsWith(".csv")); // PAR1 may be a column
  }

  @Override
  public RawTable read(Path file, ReadingOptions options) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidDataException(
          file
              + (Files.exists(file) ? " is not a file." : " does not exist.")
              + " A Parquet file was expected there.");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return read(file, channel, options);
    } catch (MalformedException e) {
      throw new InvalidDataException(
          "%s is no whole Parquet file: %s. It may be cut or damaged: write or copy it again."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static RawTable read(Path file, FileChannel channel, ReadingOptions options)
      throws IOException {
    Footer footer = Footer.read(channel);
    if (footer.rows() == 0) {
      throw new InvalidDataException(file + " has no rows: rows to learn from are needed.");
    }
    long bytes = footer.rows() * footer.columns().size() * Double.BYTES;
    if (!FreeMemory.has(bytes)) {
      throw new InvalidDataException(file + " " + FreeMemory.advice(bytes) + ".");
    }
    List<String> remarks = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    footer.nested().forEach(name -> leftOut.add(OutsideText.shown(name) + " (nested)"));
    List<RawColumn> columns = new ArrayList<>();
    for (Footer.Flat column : footer.columns()) {
      String name = column.leaf().name();
      if (name.matches(INDEX)) {
        leftOut.add(name + " (labels of rows)");
        continue;
      }
      RawColumn read = read(file, channel, column, options, remarks);
      if (read == null) {
        leftOut.add(OutsideText.shown(name) + " (bytes)");
      } else {
        columns.add(read);
      }
    }
    if (!leftOut.isEmpty()) {
      remarks.add("Left out: %s.".formatted(OutsideText.list(leftOut)));
    }
    if (columns.isEmpty()) {
      throw new InvalidDataException(
          "%s has no column of numbers, texts or dates%s."
              .formatted(
                  file, leftOut.isEmpty() ? "" : ": there are " + OutsideText.list(leftOut)));
    }
    return new TypedTable(
        file.toString(), TypedTable.title(file), columns, remarks, true, List.of());
  }

  private static @org.jspecify.annotations.Nullable RawColumn read(
      Path file,
      FileChannel channel,
      Footer.Flat column,
      ReadingOptions options,
      List<String> remarks)
      throws IOException {
    Leaf leaf = column.leaf();
    String name = leaf.name();
    if (name.length() > OutsideText.NAME) {
      throw new InvalidDataException(
          "%s: the name of a column is %s, at most %d characters are possible: shorten it."
              .formatted(file, OutsideText.quoted(name), OutsideText.NAME));
    }
    if (leaf.meaning().kind() == Meaning.Kind.OTHER) {
      return null;
    }
    for (Chunk chunk : column.chunks()) {
      if (!chunk.codec().isKnown()) {
        throw new InvalidDataException(
            "%s: the column %s is packed by %s, which is not read: write it by compression=\"zstd\" or \"snappy\"."
                .formatted(file, OutsideText.quoted(name), chunk.codec()));
      }
    }
    ParquetColumn values = ParquetColumn.of(leaf, options.missing());
    for (Chunk chunk : column.chunks()) {
      try {
        chunk.read(channel, leaf, values);
      } catch (MalformedException e) {
        throw new MalformedException(
            "in the column %s, %s".formatted(OutsideText.quoted(name), e.getMessage()));
      }
    }
    return values.column(name, remarks);
  }
}
