package dev.glia.model;

import dev.glia.data.InvalidDataException;
import dev.glia.internal.json.Json;
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
  private static final long LONGEST_HEADER = 100_000_000; // the reference reader's limit

  /**
   * A tensor.
   *
   * @param shape its dimensions
   * @param values row by row; their number is the product of the shape
   */
  @SuppressWarnings("ArrayRecordComponent") // carries the numbers, is never compared
  record Tensor(List<Integer> shape, float[] values) {}

  /** Writes the file's content. */
  void write(OutputStream out) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", metadata);
    long offset = 0;
    for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
      long end = offset + 4L * tensor.getValue().values().length;
      Map<String, Object> entry = new LinkedHashMap<>(); // Map.of has another order in every run
      entry.put("dtype", "F32");
      entry.put("shape", tensor.getValue().shape());
      entry.put("data_offsets", List.of(offset, end));
      header.put(tensor.getKey(), entry);
      offset = end;
    }
    String text = Json.write(header);
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    byte[] headerBytes =
        (text + " ".repeat(-length & (ALIGNMENT - 1))).getBytes(StandardCharsets.UTF_8);
    out.write(
        ByteBuffer.allocate(LENGTH_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(headerBytes.length)
            .array());
    out.write(headerBytes);
    for (Tensor tensor : tensors.values()) {
      out.write(bytes(tensor.values()));
    }
  }

  /** The numbers as they stand in the file. */
  static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
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
          "its header would be %s bytes long: it is not a safetensors file"
              .formatted(Long.toUnsignedString(headerLength)));
    }
    if (headerLength > size - LENGTH_BYTES) {
      throw invalid(
          file,
          "its header is %d bytes long, only %d follow: it is cut"
              .formatted(headerLength, size - LENGTH_BYTES));
    }
    Map<?, ?> header = header(file, read(content, LENGTH_BYTES, (int) headerLength));
    long dataStart = LENGTH_BYTES + headerLength;
    List<Entry> entries = entries(file, header);
    checkOffsets(file, entries, size - dataStart);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      float[] values = new float[(int) ((entry.end - entry.begin) / 4)];
      read(content, dataStart + entry.begin, 4 * values.length).asFloatBuffer().get(values);
      tensors.put(entry.name, new Tensor(entry.shape, values));
    }
    return new Safetensors(metadata(file, header.get("__metadata__")), tensors);
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

  private static Map<?, ?> header(String file, ByteBuffer bytes) throws InvalidDataException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      if (Json.read(text) instanceof Map<?, ?> map) {
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
          throw invalid(file, "its metadata \"%s\" is not a text".formatted(entry.getKey()));
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
          file, "its tensor \"%s\" lacks a dtype, a shape or two data_offsets".formatted(name));
    }
    if (!"F32".equals(map.get("dtype"))) {
      throw invalid(
          file, "its tensor \"%s\" is %s, expected F32".formatted(name, map.get("dtype")));
    }
    long count = 1;
    List<Integer> shape = new ArrayList<>();
    for (Object dimension : dimensions) {
      if (!(dimension instanceof Long d) || d < 0 || d > Integer.MAX_VALUE) {
        throw invalid(file, "its tensor \"%s\" has a dimension of %s".formatted(name, dimension));
      }
      shape.add(d.intValue());
      count = count * d;
      if (count > Integer.MAX_VALUE / 4) {
        throw invalid(file, "its tensor \"%s\" is larger than 2 GiB".formatted(name));
      }
    }
    if (begin < 0 || end < begin || end - begin != 4 * count) {
      throw invalid(
          file,
          "its tensor \"%s\" has shape %s and so %d bytes, but the data_offsets %d to %d"
              .formatted(name, shape, 4 * count, begin, end));
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
            "its tensor \"%s\" starts at byte %d, expected %d: tensors must not %s"
                .formatted(
                    entry.name,
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

  private static InvalidDataException invalid(String file, String why) {
    return new InvalidDataException(file + " cannot be read: " + why + ".");
  }
}
