package dev.glia.csv;

import dev.glia.table.InvalidDataException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the text of a CSV file comes from: a file, which may be compressed and in one of several
 * encodings, or somebody who has read it already.
 *
 * @param name what messages call it
 * @param file null if the text is here
 * @param text null if it is in the file
 * @param encoding of the file's bytes; null for UTF-8, or UTF-16 where a mark says so
 */
record CsvText(
    String name, @Nullable Path file, @Nullable String text, @Nullable Charset encoding) {

  static final Charset WINDOWS = Charset.forName("windows-1252");

  private static final int START = 4096; // bytes that tell a text from another file
  private static final String GZIP = "\u001f\u008b";
  private static final String ZIP = "PK\u0003\u0004";
  private static final String NO_TEXT = "is not text: a CSV file was expected.";

  /** What files begin with that are often taken for CSV files, each byte a character. */
  private static final Map<String, String> KINDS =
      Map.of(
          "\u00d0\u00cf\u0011\u00e0", "is an old spreadsheet: save it as CSV.",
          "PAR1", "is a Parquet file: give it an ending of .parquet.",
          "SQLite format 3", "is a SQLite database: export the table in it as CSV.",
          "\u0089PNG", "is a picture: CSV files are read, and folders of IDX files.",
          "\u00ff\u00d8\u00ff", "is a picture: CSV files are read, and folders of IDX files.");

  static CsvText of(Path file, @Nullable Charset encoding) {
    return new CsvText(file.toString(), file, null, encoding);
  }

  static CsvText of(String name, String text) {
    return new CsvText(name, null, text, null);
  }

  CsvText in(Charset encoding) {
    return new CsvText(name, file, text, encoding);
  }

  void checkExists() throws InvalidDataException {
    if (file != null && !Files.isRegularFile(file)) {
      throw new InvalidDataException(
          file
              + (Files.exists(file) ? " is not a file." : " does not exist.")
              + " A CSV file was expected there.");
    }
  }

  /** Decodes strictly, where FastCSV would put a mark in place of what is not in the encoding. */
  BufferedReader open() throws IOException {
    if (file == null) {
      String given = text == null ? "" : text;
      refuseDocument(given);
      if (given.startsWith(ZIP) || given.indexOf('\0') >= 0) { // what a file of it would not be
        throw new InvalidDataException(name + " " + NO_TEXT);
      }
      return new BufferedReader(new StringReader(given));
    }
    BufferedInputStream bytes = new BufferedInputStream(unpacked(file), 1 << 16);
    try {
      Charset charset = charset(bytes);
      return new BufferedReader(
          new InputStreamReader(
              bytes,
              charset
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT)));
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** The whole text. */
  String all() throws IOException {
    try (Reader reader = open()) {
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    }
  }

  private Charset charset(BufferedInputStream bytes) throws IOException {
    String start = start(bytes);
    if (start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff")) {
      return StandardCharsets.UTF_16; // which reads the mark
    }
    for (Map.Entry<String, String> kind : KINDS.entrySet()) {
      // A column may be called PAR1: in ASCII it takes more to tell a file from a text.
      boolean sure = kind.getKey().charAt(0) >= 0x80 || start.indexOf('\0') >= 0;
      if (sure && start.startsWith(kind.getKey())) {
        throw new InvalidDataException(name + " " + kind.getValue());
      }
    }
    refuseDocument(start);
    boolean wide = encoding != null && encoding.name().startsWith("UTF-16");
    if (start.indexOf('\0') >= 0 && !wide) {
      throw new InvalidDataException(name + " " + NO_TEXT);
    }
    return encoding == null ? StandardCharsets.UTF_8 : encoding;
  }

  private void refuseDocument(String start) throws InvalidDataException {
    if (start.startsWith("%PDF-")) {
      throw new InvalidDataException(name + " is a PDF document: save the table in it as CSV.");
    }
  }

  /** The first bytes, each a character; the stream stays where it is. */
  private static String start(BufferedInputStream bytes) throws IOException {
    bytes.mark(START);
    String start = new String(bytes.readNBytes(START), StandardCharsets.ISO_8859_1);
    bytes.reset();
    return start;
  }

  /** The file's bytes, those within where it is compressed. */
  private InputStream unpacked(Path file) throws IOException {
    String start;
    try (InputStream in = Files.newInputStream(file)) {
      start = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
    }
    if (start.startsWith(ZIP)) {
      return zipped(file);
    }
    InputStream in = Files.newInputStream(file);
    if (!start.startsWith(GZIP)) {
      return in;
    }
    try {
      return new Unpacked(new GZIPInputStream(in, 1 << 16));
    } catch (IOException e) {
      in.close();
      throw broken(e);
    }
  }

  private InputStream zipped(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw broken(e);
    }
    try {
      List<ZipEntry> files = new ArrayList<>();
      zip.stream().filter(CsvText::mayBeTable).forEach(files::add);
      if (zip.getEntry("[Content_Types].xml") != null || zip.getEntry("mimetype") != null) {
        throw new InvalidDataException(name + " is a spreadsheet: save it as CSV.");
      }
      List<ZipEntry> tables =
          files.size() == 1
              ? files
              : files.stream()
                  .filter(entry ->
                      entry.getName().toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv|data)"))
                  .toList();
      if (tables.size() != 1) {
        throw new InvalidDataException(
            "%s is a zip archive of %d files: unpack it and give the one to read."
                .formatted(name, files.size()));
      }
      InputStream in = zip.getInputStream(tables.getFirst());
      return new Unpacked(in) {
        @Override
        public void close() throws IOException {
          super.close();
          zip.close();
        }
      };
    } catch (IOException e) {
      zip.close();
      throw e;
    }
  }

  private static boolean mayBeTable(ZipEntry entry) {
    String path = entry.getName();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return !entry.isDirectory() && !path.startsWith("__MACOSX/") && !last.startsWith(".");
  }

  private InvalidDataException broken(IOException cause) {
    return new InvalidDataException(
        "%s is compressed, and cannot be unpacked (%s): it may be cut. Fetch it again."
            .formatted(name, cause.getMessage()),
        cause);
  }

  /** Compressed bytes, whose faults are told in a sentence. */
  private class Unpacked extends FilterInputStream {

    Unpacked(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (ZipException | EOFException e) {
        throw broken(e);
      }
    }
  }

  /** The name without folder and ending, that of a compression included. */
  String title() {
    Path path = Path.of(name).getFileName();
    String last = path == null ? name : path.toString();
    String lower = last.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz") || lower.endsWith(".zip")) {
      last = last.substring(0, last.lastIndexOf('.'));
    }
    int dot = last.lastIndexOf('.');
    return dot > 0 ? last.substring(0, dot) : last;
  }

  @Override
  public String toString() {
    return name;
  }
}
