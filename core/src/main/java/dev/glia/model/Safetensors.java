package dev.glia.model;

import dev.glia.internal.json.Json;
import dev.glia.internal.text.OutsideText;
import dev.glia.table.InvalidDataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file of float32 tensors: eight bytes with the header's length, the header in JSON,
 * the numbers.
 *
 * <p>Our own code because the format is a page long and core has no dependencies. The rules are
 * those of the reference reader: the tensors fill the data without gap or overlap.
 *
 * @param metadata texts by name
 * @param tensors by name, in the order of the data
 */
record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {

  private static final int LENGTH_BYTES = 8;
  private static final int ALIGNMENT = 8;

  /** A hundred thousand features with names; the reference reader takes 100 MB, which is slow. */
  private static final long LONGEST_HEADER = 16 << 20;

  private static final int SLICE = 1 << 16; // bytes of a tensor that are written or read at a time
  private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8; // of an array

  /** What a header needs for all that does not grow with the numbers: a name, metrics, blanks. */
  private static final long HEADER_BYTES = 1 << 20;

  /**
   * And for each number. A tensor has at least one, and its entry some 100 bytes. In a model of
   * Glia's a feature and a class have at least one, too: a name of 1,000 characters, each of which
   * is seven bytes at worst, a level's name, and what else there is of a column.
   */
  private static final long HEADER_BYTES_A_NUMBER = 16_384;

  private static final long HEADER_VALUES = 10_000; // JSON values, counted in the same way
  private static final long HEADER_VALUES_A_NUMBER = 32;

  /**
   * A tensor.
   *
   * @param shape its dimensions; their product is an int
   * @param numbers row by row
   */
  record Tensor(List<Integer> shape, Numbers numbers) {

    /** How many numbers there are. */
    int count() {
      int count = 1;
      for (int dimension : shape) {
        count = Math.multiplyExact(count, dimension);
      }
      return count;
    }

    /** The bytes as they stand in the file, some at a time: there can be more than arrays hold. */
    void forEachSlice(Slice slice) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(SLICE).order(ByteOrder.LITTLE_ENDIAN);
      int count = count();
      for (int at = 0; at < count; ) {
        buffer.clear();
        while (at < count && buffer.hasRemaining()) {
          buffer.putFloat(numbers.get(at++));
        }
        slice.take(buffer.array(), buffer.position());
      }
    }
  }

  /** The numbers of a tensor by their place, row by row. */
  @FunctionalInterface
  interface Numbers {
    float get(int at);
  }

  /** Takes the first bytes of an array. */
  @FunctionalInterface
  interface Slice {
    void take(byte[] bytes, int length) throws IOException;
  }

  /**
   * Writes the file's content.
   *
   * @throws IllegalArgumentException if the header would be longer than readers take; then nothing
   *     is written
   */
  void write(OutputStream out) throws IOException {
    byte[] header = header();
    out.write(
        ByteBuffer.allocate(LENGTH_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    for (Tensor tensor : tensors.values()) {
      tensor.forEachSlice((bytes, length) -> out.write(bytes, 0, length));
    }
  }

  /**
   * Checks that there is room for the texts.
   *
   * @throws IllegalArgumentException if the header would be longer than readers take
   */
  void checkHeader() {
    header();
  }

  private byte[] header() {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", metadata);
    long offset = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      long end = offset + 4L * tensor.getValue().count();
      Map<String, Object> entry = new LinkedHashMap<>(); // Map.of has another order in every run
      entry.put("dtype", "F32");
      entry.put("shape", tensor.getValue().shape());
      entry.put("data_offsets", List.of(offset, end));
      header.put(tensor.getKey(), entry);
      offset = end;
    }
    String text = Json.write(header);
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_HEADER) {
      throw new IllegalArgumentException(
          "A model file has room for %d bytes of names, these would need %d: take shorter names or fewer features."
              .formatted(LONGEST_HEADER, length));
    }
    return (text + " ".repeat(-length & (ALIGNMENT - 1))).getBytes(StandardCharsets.UTF_8);
  }

  /** What is read: a file, or bytes that are in memory already. */
  private interface Content {
    long size() throws IOException;

    /** Fills the rest of a buffer with what stands at a position; fewer than 0 at the end. */
    int read(ByteBuffer buffer, long position) throws IOException;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidDataException if it does not keep the format's rules, with the reason
   */
  static Safetensors read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InvalidDataException(
          file + " is a folder: expected a model file such as model.safetensors.");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return read(
          file.toString(),
          new Content() {
            @Override
            public long size() throws IOException {
              return channel.size();
            }

            @Override
            public int read(ByteBuffer buffer, long position) throws IOException {
              return channel.read(buffer, position);
            }
          });
    }
  }

  /**
   * Reads the content of a file.
   *
   * @param name of the file, for sentences
   * @throws InvalidDataException if it does not keep the format's rules, with the reason
   */
  static Safetensors read(String name, byte[] content) throws IOException {
    return read(
        name,
        new Content() {
          @Override
          public long size() {
            return content.length;
          }

          @Override
          public int read(ByteBuffer buffer, long position) {
            int length = buffer.remaining();
            buffer.put(content, (int) position, length);
            return length;
          }
        });
  }

  private static Safetensors read(String file, Content content) throws IOException {
    long size = content.size();
    if (size < LENGTH_BYTES) {
      throw invalid(file, "it has %d bytes, a safetensors file has at least 8".formatted(size));
    }
    long headerLength = read(content, 0, LENGTH_BYTES).getLong();
    if (headerLength < 2 || headerLength > LONGEST_HEADER) {
      throw invalid(
          file,
          "its header would be %s bytes long, at most %d are taken: it is not a model"
              .formatted(Long.toUnsignedString(headerLength), LONGEST_HEADER));
    }
    if (headerLength > size - LENGTH_BYTES) {
      throw invalid(
          file,
          "its header is %d bytes long, only %d follow: it is cut"
              .formatted(headerLength, size - LENGTH_BYTES));
    }
    long dataStart = LENGTH_BYTES + headerLength;
    long numbers = (size - dataStart) / Float.BYTES;
    long most = HEADER_BYTES + HEADER_BYTES_A_NUMBER * numbers;
    if (headerLength > most) {
      throw invalid(
          file,
          "its header is %d bytes long, for its %d numbers at most %d are taken: it is not a model"
              .formatted(headerLength, numbers, most));
    }
    Map<?, ?> header = header(file, read(content, LENGTH_BYTES, (int) headerLength), numbers);
    List<Entry> entries = entries(file, header);
    checkOffsets(file, entries, size - dataStart);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      float[] values = readNumbers(content, dataStart + entry.begin, entry.end - entry.begin);
      tensors.put(entry.name, new Tensor(entry.shape, at -> values[at]));
    }
    return new Safetensors(metadata(file, header.get("__metadata__")), tensors);
  }

  /** As in {@link Tensor#forEachSlice}. */
  private static float[] readNumbers(Content content, long from, long length) throws IOException {
    float[] values = new float[(int) (length / Float.BYTES)];
    for (long at = 0; at < length; at += SLICE) {
      int slice = (int) Math.min(SLICE, length - at);
      read(content, from + at, slice)
          .asFloatBuffer()
          .get(values, (int) (at / Float.BYTES), slice / Float.BYTES);
    }
    return values;
  }

  private record Entry(String name, List<Integer> shape, long begin, long end) {}

  private static ByteBuffer read(Content content, long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (content.read(buffer, at + buffer.position()) < 0) {
        throw new InvalidDataException("The file became shorter while it was read.");
      }
    }
    return buffer.flip();
  }

  /** How many JSON values a header or a description may have that stands with so many numbers. */
  static long mostValues(long numbers) {
    return HEADER_VALUES + HEADER_VALUES_A_NUMBER * numbers;
  }

  private static Map<?, ?> header(String file, ByteBuffer bytes, long numbers)
      throws InvalidDataException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(); // strict
      if (Json.read(text, mostValues(numbers)) instanceof Map<?, ?> map) {
        return map;
      }
      throw invalid(file, "its header is not a JSON object");
    } catch (CharacterCodingException e) {
      throw new InvalidDataException(file + " cannot be read: its header is not UTF-8 text.", e);
    } catch (IllegalArgumentException e) {
      throw new InvalidDataException(
          file + " cannot be read: its header is wrong. " + e.getMessage(), e);
    }
  }

  private static Map<String, String> metadata(String file, @Nullable Object value)
      throws InvalidDataException {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (!(entry.getValue() instanceof String text)) {
          throw invalid(file, "its metadata %s is not a text".formatted(quoted(entry.getKey())));
        }
        metadata.put(String.valueOf(entry.getKey()), text);
      }
    }
    return metadata;
  }

  private static List<Entry> entries(String file, Map<?, ?> header) throws InvalidDataException {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<?, ?> item : header.entrySet()) {
      String name = String.valueOf(item.getKey());
      if (!name.equals("__metadata__")) {
        entries.add(entry(file, name, item.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return entries;
  }

  private static Entry entry(String file, String name, Object value) throws InvalidDataException {
    if (!(value instanceof Map<?, ?> map)
        || !(map.get("shape") instanceof List<?> dimensions)
        || !(map.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2
        || !(offsets.get(0) instanceof Long begin)
        || !(offsets.get(1) instanceof Long end)) {
      throw invalid(
          file, "its tensor %s lacks a dtype, a shape or two data_offsets".formatted(quoted(name)));
    }
    if (!"F32".equals(map.get("dtype"))) {
      throw invalid(
          file,
          "its tensor %s is %s, expected F32".formatted(quoted(name), shown(map.get("dtype"))));
    }
    long count = 1;
    List<Integer> shape = new ArrayList<>();
    for (Object dimension : dimensions) {
      if (!(dimension instanceof Long d) || d < 0 || d > Integer.MAX_VALUE) {
        throw invalid(
            file, "its tensor %s has a dimension of %s".formatted(quoted(name), shown(dimension)));
      }
      shape.add(d.intValue());
      count = count * d; // both fit an int
      if (count > MOST_NUMBERS) {
        throw invalid(
            file,
            "its tensor %s has more than the %d numbers that an array holds"
                .formatted(quoted(name), MOST_NUMBERS));
      }
    }
    if (begin < 0 || end < begin || end - begin != 4 * count) {
      throw invalid(
          file,
          "its tensor %s has shape %s and so %d bytes, but the data_offsets %d to %d"
              .formatted(quoted(name), shown(shape), 4 * count, begin, end));
    }
    return new Entry(name, List.copyOf(shape), begin, end);
  }

  private static void checkOffsets(String file, List<Entry> entries, long dataLength)
      throws InvalidDataException {
    long expected = 0;
    for (Entry entry : entries) {
      if (entry.begin != expected) {
        throw invalid(
            file,
            "its tensor %s starts at byte %d, expected %d: tensors must not %s"
                .formatted(
                    quoted(entry.name),
                    entry.begin,
                    expected,
                    entry.begin < expected ? "overlap" : "leave gaps"));
      }
      expected = entry.end;
    }
    if (expected != dataLength) {
      throw invalid(
          file,
          "its tensors need %d bytes of numbers, it has %d%s"
              .formatted(expected, dataLength, dataLength < expected ? ": it is cut" : ""));
    }
  }

  private static String quoted(@Nullable Object text) {
    return OutsideText.quoted(String.valueOf(text));
  }

  private static String shown(@Nullable Object value) {
    return OutsideText.shown(String.valueOf(value));
  }

  private static InvalidDataException invalid(String file, String why) {
    return new InvalidDataException(file + " cannot be read: " + why + ".");
  }
}
