package dev.glia.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column in one group of rows: pages, the first of which may be a dictionary.
 *
 * @param codec how the pages are packed
 * @param start where the first page stands in the file
 * @param end where the last one ends
 * @param rows how many values there are, missing ones among them
 */
record Chunk(Codec codec, long start, long end, long rows) {

  private static final int DATA = 0;
  private static final int DICTIONARY = 2;
  private static final int DATA_V2 = 3;
  private static final int RLE = 3; // the encoding of levels
  private static final int HEADER = 1 << 13; // bytes that are read for a page's header at first
  private static final int LONGEST_HEADER = 1 << 24; // with the least and greatest value in it

  /** Where values go, one a row. */
  interface Sink {
    /** Takes the next value from the decoder. */
    void take(Decoder values) throws MalformedException;

    /** Takes a missing value. */
    void takeMissing();
  }

  /**
   * A chunk of a file.
   *
   * @param rows of its group
   * @param length of the file
   */
  static Chunk of(Thrift metadata, long rows, long length) throws MalformedException {
    long data = metadata.number(9, -1);
    long dictionary = metadata.number(11, -1);
    long start = dictionary > 0 && dictionary < data ? dictionary : data;
    long size = metadata.number(7, -1);
    if (start < 0 || size < 0 || start > length || size > length - start) {
      throw new MalformedException(
          "pages of %,d bytes from place %,d on are promised".formatted(size, start));
    }
    if (metadata.number(5, -1) != rows) {
      throw new MalformedException(
          "%,d values are promised for %,d rows".formatted(metadata.number(5, -1), rows));
    }
    return new Chunk(Codec.of(metadata.number(4, 0)), start, start + size, rows);
  }

  /** Reads all values. */
  void read(FileChannel file, Leaf leaf, Sink sink) throws IOException {
    Decoder.Dictionary dictionary = null;
    long at = start;
    long left = rows;
    while (left > 0) {
      Bytes bytes = bytes(file, at, HEADER);
      Thrift header;
      try {
        header = Thrift.read(bytes);
      } catch (MalformedException e) {
        bytes = bytes(file, at, LONGEST_HEADER); // it may be longer than usual
        header = Thrift.read(bytes);
      }
      at += bytes.at();
      int size = header.count(3, "the size of a page");
      if (size > end - at) {
        throw new MalformedException(
            "a page of %,d bytes is promised where %,d are left".formatted(size, end - at));
      }
      long type = header.number(1, -1);
      if (type == DICTIONARY) {
        dictionary = dictionary(header, leaf, bytes(file, at, size));
      } else if (type == DATA || type == DATA_V2) {
        left -= page(header, leaf, bytes(file, at, size), dictionary, left, sink);
      }
      at += size;
    }
  }

  private Bytes bytes(FileChannel file, long from, int most) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(most, end - from));
    while (buffer.hasRemaining()) {
      if (file.read(buffer, from + buffer.position()) < 0) {
        throw new MalformedException("it ends too early");
      }
    }
    return Bytes.of(buffer.array());
  }

  private Decoder.Dictionary dictionary(Thrift header, Leaf leaf, Bytes packed)
      throws MalformedException {
    Thrift own = header.struct(7, "the header of a dictionary");
    Bytes page = codec.unpack(packed, header.count(2, "the size of a page"));
    return new Decoder.Dictionary(
        leaf.type(), leaf.length(), own.count(1, "the size of a dictionary"), page);
  }

  /** Reads a page of values; gives how many there are. */
  private int page(
      Thrift header,
      Leaf leaf,
      Bytes packed,
      Decoder.@Nullable Dictionary dictionary,
      long most,
      Sink sink)
      throws MalformedException {
    boolean second = header.number(1, 0) == DATA_V2;
    Thrift own = header.struct(second ? 8 : 5, "the header of a page");
    int count = own.count(1, "the number of values of a page");
    if (count > most) {
      throw new MalformedException(
          "a page has %,d values, where %,d are left".formatted(count, most));
    }
    int size = header.count(2, "the size of a page");
    RunLengths levels = null;
    Bytes page;
    if (second) {
      int repetition = own.number(6, 0) > 0 ? own.count(6, "the size of levels") : 0;
      int definition = own.number(5, 0) > 0 ? own.count(5, "the size of levels") : 0;
      packed.take(repetition);
      Bytes bits = packed.slice(definition);
      levels = leaf.optional() ? new RunLengths(bits, 1) : null;
      int values = size - repetition - definition;
      if (values < 0) {
        throw new MalformedException("a page is smaller than its levels");
      }
      page = own.flag(7, true) && values > 0 ? codec.unpack(packed, values) : packed;
    } else {
      page = codec.unpack(packed, size);
      if (leaf.optional()) {
        if (own.number(3, RLE) != RLE) {
          throw new MalformedException(
              "levels in the encoding %d, which has long been given up"
                  .formatted(own.number(3, RLE)));
        }
        levels = new RunLengths(page.slice(page.readInt()), 1);
      }
    }
    Decoder values = null; // made when there is one, as a page without any may have no bytes
    for (int row = 0; row < count; row++) {
      if (levels != null && levels.next() == 0) {
        sink.takeMissing();
        continue;
      }
      if (values == null) {
        values = Decoder.of(own.number(second ? 4 : 2, -1), leaf, leaf.length(), page, dictionary);
      }
      sink.take(values);
    }
    return count;
  }
}
