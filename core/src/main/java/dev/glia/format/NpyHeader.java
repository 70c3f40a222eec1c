package dev.glia.format;

import dev.glia.internal.text.OutsideText;
import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the header of an array in NumPy's format says, versions 1.0 to 3.0.
 *
 * @param kind of the items: b for booleans, i and u for whole numbers, f for floats, U and S for
 *     texts
 * @param size of an item in bytes
 * @param order of the bytes of an item
 * @param columnsFirst whether the first index changes fastest, as in Fortran
 * @param shape how long each dimension is
 */
record NpyHeader(char kind, int size, ByteOrder order, boolean columnsFirst, List<Integer> shape) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST = 1 << 16; // bytes of a header; NumPy itself reads 10,000
  private static final int MOST_DIMENSIONS = 32; // as NumPy
  private static final int LONGEST_TEXT = 4 * OutsideText.NAME; // bytes

  private static final Pattern DESCR = Pattern.compile("'descr': *'([^']*)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");
  private static final Pattern TYPE = Pattern.compile("([<>|=])([a-zA-Z])([0-9]{0,9})(\\[.*)?");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /** Whether a file begins as one of NumPy's arrays. */
  static boolean begins(byte[] start) {
    return start.length >= MAGIC.length
        && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Reads a header.
   *
   * @param name of the file or array, for sentences
   */
  static NpyHeader read(String name, InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2 || !begins(start)) {
      throw new InvalidDataException(
          name
              + " does not begin as an array of NumPy's: a file that numpy.save wrote was expected.");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new InvalidDataException(
          "%s is in version %d of NumPy's format: 1 to 3 are read."
              .formatted(name, version & 0xFF));
    }
    byte[] length = in.readNBytes(version == 1 ? Short.BYTES : Integer.BYTES);
    if (length.length < (version == 1 ? Short.BYTES : Integer.BYTES)) {
      throw cut(name);
    }
    ByteBuffer number = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN);
    long bytes = version == 1 ? number.getShort() & 0xFFFFL : number.getInt() & 0xFFFFFFFFL;
    if (bytes > LONGEST) {
      throw new InvalidDataException(
          "%s has a header of %,d bytes, at most %,d are read: save a plain array of numbers."
              .formatted(name, bytes, LONGEST));
    }
    byte[] header = in.readNBytes((int) bytes);
    if (header.length < bytes) {
      throw cut(name);
    }
    return parse(name, new String(header, StandardCharsets.UTF_8));
  }

  private static InvalidDataException cut(String name) {
    return new InvalidDataException(
        name + " ends within its header: it is cut. Save or copy it again.");
  }

  private static NpyHeader parse(String name, String text) throws InvalidDataException {
    Matcher descr = DESCR.matcher(text);
    Matcher fortran = FORTRAN.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!descr.find()) {
      throw new InvalidDataException(
          text.contains("'descr': [")
              ? name
                  + " is a structured array: save its columns as one plain array, or as a CSV file."
              : name + " has a header without a type of numbers: it is damaged.");
    }
    if (!fortran.find() || !shape.find()) {
      throw new InvalidDataException(
          name + " has a header without order or shape: it is damaged. Save it again.");
    }
    Matcher type = TYPE.matcher(descr.group(1));
    if (!type.matches()) {
      throw unreadable(name, descr.group(1));
    }
    char kind = type.group(2).charAt(0);
    int items = type.group(3).isEmpty() ? 0 : Integer.parseInt(type.group(3));
    boolean known =
        switch (kind) {
          case 'b' -> items == 1;
          case 'i', 'u' -> items == 1 || items == 2 || items == 4 || items == 8;
          case 'f' -> items == 2 || items == 4 || items == 8;
          case 'U' -> items <= LONGEST_TEXT / Integer.BYTES;
          case 'S' -> items <= LONGEST_TEXT;
          default -> false;
        };
    if (!known) {
      throw unreadable(name, descr.group(1));
    }
    ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyHeader(
        kind,
        kind == 'U' ? Integer.BYTES * items : items,
        order,
        fortran.group(1).equals("True"),
        lengths(name, shape.group(1)));
  }

  private static InvalidDataException unreadable(String name, String type) {
    String what =
        type.endsWith("O")
            ? "Python objects, which only Python can read: save it with a type, as by astype(float) or astype(str)"
            : "items of the type %s: booleans, whole numbers, floats of 2, 4 or 8 bytes and texts of at most %d characters are read"
                .formatted(OutsideText.quoted(type), OutsideText.NAME);
    return new InvalidDataException(name + " holds " + what + ".");
  }

  private static List<Integer> lengths(String name, String text) throws InvalidDataException {
    List<Integer> lengths = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String digits = part.strip();
      if (digits.isEmpty()) {
        continue; // behind the last comma
      }
      if (!digits.matches("[0-9]{1,10}") || Long.parseLong(digits) > Integer.MAX_VALUE) {
        throw new InvalidDataException(
            "%s has the shape (%s): each length is a number up to %,d."
                .formatted(name, OutsideText.shown(text), Integer.MAX_VALUE));
      }
      lengths.add(Integer.parseInt(digits));
    }
    if (lengths.size() > MOST_DIMENSIONS) {
      throw new InvalidDataException(
          "%s has %d dimensions: rows and columns were expected.".formatted(name, lengths.size()));
    }
    return lengths;
  }

  /**
   * How many bytes follow the header.
   *
   * @throws InvalidDataException if they are more than 2 GiB
   */
  long bytes(String name) throws InvalidDataException {
    long bytes = size;
    for (int length : shape) {
      bytes = length == 0 ? 0 : bytes;
    }
    for (int length : shape) {
      bytes *= length; // below 2^31 * 2^31
      if (bytes > Integer.MAX_VALUE - 8) {
        throw new InvalidDataException(
            "%s has the shape %s, more than 2 GiB: take fewer rows, or a smaller type."
                .formatted(name, shapeText()));
      }
    }
    return bytes;
  }

  boolean isText() {
    return kind == 'U' || kind == 'S';
  }

  /** The shape as Python writes it. */
  String shapeText() {
    return shape.size() == 1
        ? "(%d,)".formatted(shape.getFirst())
        : shape.toString().replace('[', '(').replace(']', ')');
  }
}
