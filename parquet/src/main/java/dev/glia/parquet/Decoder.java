package dev.glia.parquet;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The values of a page, one after the other: as the bits of a number, or as bytes, by their
 * physical type.
 */
abstract sealed class Decoder {

  /** The encodings of the format, by their numbers. */
  private static final int PLAIN = 0;

  private static final int PLAIN_DICTIONARY = 2;
  private static final int RLE = 3;
  private static final int DELTA_BINARY_PACKED = 5;
  private static final int DELTA_LENGTH_BYTE_ARRAY = 6;
  private static final int DELTA_BYTE_ARRAY = 7;
  private static final int RLE_DICTIONARY = 8;
  private static final int BYTE_STREAM_SPLIT = 9;

  /** The next number: a float's and a double's bits, a boolean's 0 or 1. */
  long nextLong() throws MalformedException {
    throw new MalformedException("numbers were expected, their encoding has bytes");
  }

  /** The next value's bytes. */
  byte[] nextBytes() throws MalformedException {
    throw new MalformedException("bytes were expected, their encoding has numbers");
  }

  /** The next value's bytes as text. */
  String nextText() throws MalformedException {
    return new String(nextBytes(), StandardCharsets.UTF_8);
  }

  /**
   * The values of a page.
   *
   * @param length of values of a fixed one
   * @param dictionary null where the column chunk has none
   */
  static Decoder of(
      long encoding, Leaf leaf, int length, Bytes page, @Nullable Dictionary dictionary)
      throws MalformedException {
    PhysicalType type = leaf.type();
    if (encoding == PLAIN) {
      return new Plain(type, length, page);
    }
    if (encoding == PLAIN_DICTIONARY || encoding == RLE_DICTIONARY) {
      if (dictionary == null) {
        throw new MalformedException("a dictionary is named that is not there");
      }
      return new OfDictionary(dictionary, page);
    }
    if (encoding == RLE && type == PhysicalType.BOOLEAN) {
      return new Flags(page.slice(page.readInt()));
    }
    if (encoding == DELTA_BINARY_PACKED && !type.isBytes()) {
      return new OfDeltas(page);
    }
    if (encoding == DELTA_LENGTH_BYTE_ARRAY && type == PhysicalType.BYTE_ARRAY) {
      return new OfLengths(page);
    }
    if (encoding == DELTA_BYTE_ARRAY && type.isBytes()) {
      return new OfPrefixes(page);
    }
    if (encoding == BYTE_STREAM_SPLIT && length > 0) {
      return new Split(type, length, page);
    }
    throw new MalformedException(
        "values of the type %s in the encoding %d".formatted(type, encoding));
  }

  /** The different values of a column chunk. */
  static final class Dictionary {
    private final long[] numbers;
    private final byte[][] bytes;
    private final @Nullable String[] texts;

    Dictionary(PhysicalType type, int length, int count, Bytes page) throws MalformedException {
      if (count > page.left()) {
        throw new MalformedException(
            "a dictionary of %,d values in %,d bytes".formatted(count, page.left()));
      }
      Decoder plain = new Plain(type, length, page);
      numbers = new long[type.isBytes() ? 0 : count];
      bytes = new byte[type.isBytes() ? count : 0][];
      texts = new String[bytes.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = plain.nextLong();
      }
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = plain.nextBytes();
      }
    }

    private int size() {
      return Math.max(numbers.length, bytes.length);
    }
  }

  private static final class OfDictionary extends Decoder {
    private final Dictionary dictionary;
    private final RunLengths places;

    OfDictionary(Dictionary dictionary, Bytes page) throws MalformedException {
      this.dictionary = dictionary;
      places = page.left() == 0 ? new RunLengths(page, 0) : new RunLengths(page, page.readByte());
    }

    private int place() throws MalformedException {
      int place = places.next();
      if (place < 0 || place >= dictionary.size()) {
        throw new MalformedException(
            "the value %,d of a dictionary of %,d".formatted(place, dictionary.size()));
      }
      return place;
    }

    @Override
    long nextLong() throws MalformedException {
      int place = place();
      return dictionary.numbers.length == 0 ? super.nextLong() : dictionary.numbers[place];
    }

    @Override
    byte[] nextBytes() throws MalformedException {
      int place = place();
      return dictionary.bytes.length == 0 ? super.nextBytes() : dictionary.bytes[place];
    }

    @Override
    String nextText() throws MalformedException {
      int place = place();
      if (dictionary.bytes.length == 0) {
        return super.nextText();
      }
      String text = dictionary.texts[place];
      if (text == null) {
        text = new String(dictionary.bytes[place], StandardCharsets.UTF_8);
        dictionary.texts[place] = text;
      }
      return text;
    }
  }

  private static final class Plain extends Decoder {
    private final PhysicalType type;
    private final int length;
    private final Bytes page;
    private int bits; // of a byte of booleans
    private int bitsLeft;

    Plain(PhysicalType type, int length, Bytes page) {
      this.type = type;
      this.length = length;
      this.page = page;
    }

    @Override
    long nextLong() throws MalformedException {
      return switch (type) {
        case BOOLEAN -> {
          if (bitsLeft == 0) {
            bits = page.readByte();
            bitsLeft = Byte.SIZE;
          }
          yield bits >>> (Byte.SIZE - bitsLeft--) & 1;
        }
        case INT32, FLOAT -> page.readInt();
        case INT64, DOUBLE -> page.readLong();
        default -> super.nextLong();
      };
    }

    @Override
    byte[] nextBytes() throws MalformedException {
      return type.isBytes()
          ? page.copy(type == PhysicalType.BYTE_ARRAY ? page.readInt() : length)
          : super.nextBytes();
    }
  }

  private static final class Flags extends Decoder {
    private final RunLengths runs;

    Flags(Bytes page) throws MalformedException {
      runs = new RunLengths(page, 1);
    }

    @Override
    long nextLong() throws MalformedException {
      return runs.next();
    }
  }

  private static final class OfDeltas extends Decoder {
    private final Deltas deltas;

    OfDeltas(Bytes page) throws MalformedException {
      deltas = new Deltas(page);
    }

    @Override
    long nextLong() throws MalformedException {
      return deltas.next();
    }
  }

  /** Numbers that are read from a copy, while the stretch itself stands behind them. */
  private static Deltas ahead(Bytes page) throws MalformedException {
    Deltas numbers = new Deltas(page.copy());
    new Deltas(page).finish();
    return numbers;
  }

  private static final class OfLengths extends Decoder {
    private final Deltas lengths;
    private final Bytes values;

    OfLengths(Bytes page) throws MalformedException {
      lengths = ahead(page);
      values = page;
    }

    @Override
    byte[] nextBytes() throws MalformedException {
      return values.copy(length(lengths.next()));
    }
  }

  private static int length(long length) throws MalformedException {
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new MalformedException("a value of %,d bytes".formatted(length));
    }
    return (int) length;
  }

  private static final class OfPrefixes extends Decoder {
    private static final int MOST = 1 << 24; // bytes of a value, which may be made of few

    private final Deltas prefixes;
    private final OfLengths suffixes;
    private byte[] last = new byte[0];

    OfPrefixes(Bytes page) throws MalformedException {
      prefixes = ahead(page);
      suffixes = new OfLengths(page);
    }

    @Override
    byte[] nextBytes() throws MalformedException {
      int shared = length(prefixes.next());
      byte[] suffix = suffixes.nextBytes();
      if (shared > last.length || shared + (long) suffix.length > MOST) {
        throw new MalformedException(
            "a value that shares %,d bytes with one of %,d".formatted(shared, last.length));
      }
      byte[] value = new byte[shared + suffix.length];
      System.arraycopy(last, 0, value, 0, shared);
      System.arraycopy(suffix, 0, value, shared, suffix.length);
      last = value;
      return value;
    }
  }

  /** The first bytes of all values, then all second ones, and so on. */
  private static final class Split extends Decoder {
    private final PhysicalType type;
    private final byte[] bytes;
    private final int start;
    private final int width;
    private final int count;
    private int next;

    Split(PhysicalType type, int width, Bytes page) throws MalformedException {
      this.type = type;
      this.width = width;
      count = page.left() / width;
      bytes = page.array;
      start = page.take(page.left());
    }

    private int take() throws MalformedException {
      if (next == count) {
        throw new MalformedException("there are fewer values than promised");
      }
      return start + next++;
    }

    @Override
    long nextLong() throws MalformedException {
      if (type.isBytes()) {
        return super.nextLong();
      }
      int at = take();
      long value = 0;
      for (int i = 0; i < width; i++) {
        value |= (bytes[at + i * count] & 0xFFL) << (i * Byte.SIZE);
      }
      return width == Integer.BYTES ? (int) value : value;
    }

    @Override
    byte[] nextBytes() throws MalformedException {
      if (!type.isBytes()) {
        return super.nextBytes();
      }
      int at = take();
      byte[] value = new byte[width];
      for (int i = 0; i < width; i++) {
        value[i] = bytes[at + i * count];
      }
      return value;
    }
  }
}
