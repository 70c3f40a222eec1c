package dev.glia.parquet;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How the pages of a column are packed. */
enum Codec {
  NONE,
  SNAPPY,
  GZIP,
  LZO,
  BROTLI,
  LZ4_HADOOP,
  ZSTD,
  LZ4;

  /** More than any data are packed. */
  private static final int MOST_PACKING = 2000;

  private static final int FEW_BYTES = 1 << 26; // do no harm, were they all zeros

  /** The codec of a number in a file. */
  static Codec of(long number) throws MalformedException {
    if (number < 0 || number >= values().length) {
      throw new MalformedException("there is no way of packing with the number " + number);
    }
    return values()[(int) number];
  }

  /** Whether this can be unpacked here. */
  boolean isKnown() {
    return this != LZO && this != BROTLI;
  }

  /** Unpacks bytes, which become so many. */
  Bytes unpack(Bytes packed, int size) throws MalformedException {
    if (this == NONE) {
      if (packed.left() != size) {
        throw new MalformedException(
            "a page of %,d bytes was expected, got %,d".formatted(size, packed.left()));
      }
      return packed;
    }
    if (size > FEW_BYTES && size / MOST_PACKING > packed.left()) {
      throw new MalformedException(
          "a page is to have %,d bytes, packed in %,d: no data are packed so small"
              .formatted(size, packed.left()));
    }
    byte[] out = new byte[size];
    switch (this) {
      case SNAPPY -> Snappy.unpack(packed, out);
      case GZIP -> inflate(packed, out);
      case LZ4 -> Lz4.unpack(packed, out);
      case LZ4_HADOOP -> unpackHadoop(packed, out);
      case ZSTD -> Zstd.unpack(packed, out);
      default -> throw new MalformedException("pages are packed by " + this);
    }
    return Bytes.of(out);
  }

  private static void inflate(Bytes packed, byte[] out) throws MalformedException {
    int length = 0;
    try (Inflater inflater = new Inflater(true)) {
      skipGzipHeader(packed);
      inflater.setInput(packed.array, packed.at(), packed.left());
      int read;
      while (length < out.length
          && (read = inflater.inflate(out, length, out.length - length)) > 0) {
        length += read;
      }
    } catch (DataFormatException e) {
      throw new MalformedException("a page cannot be unpacked: " + e.getMessage());
    }
    if (length < out.length) {
      throw new MalformedException(
          "a page of %,d bytes was expected, gzip gives %,d".formatted(out.length, length));
    }
  }

  private static void skipGzipHeader(Bytes in) throws MalformedException {
    if (in.readInt(Short.BYTES) != 0x8B1F || in.readByte() != Byte.SIZE) {
      throw new MalformedException("a page packed by gzip does not begin as such");
    }
    int flags = in.readByte();
    in.take(6); // time, level, system
    if ((flags & 4) != 0) {
      in.take(in.readInt(Short.BYTES)); // more fields
    }
    for (int flag : new int[] {8, 16}) { // a name, a comment
      if ((flags & flag) != 0) {
        skipText(in);
      }
    }
    if ((flags & 2) != 0) {
      in.take(Short.BYTES); // a checksum of the header
    }
  }

  private static void skipText(Bytes in) throws MalformedException {
    int next;
    do {
      next = in.readByte();
    } while (next != 0);
  }

  /** Blocks behind their lengths, as Hadoop has them; older writers left the lengths out. */
  private static void unpackHadoop(Bytes packed, byte[] out) throws MalformedException {
    Bytes raw = new Bytes(packed.array, packed.at(), packed.at() + packed.left());
    try {
      int at = 0;
      while (packed.left() > 0) {
        int size = Integer.reverseBytes(packed.readInt());
        Bytes block = packed.slice(Integer.reverseBytes(packed.readInt()));
        if (size < 0 || size > out.length - at) {
          throw new MalformedException("a block of LZ4 is too large");
        }
        byte[] part = new byte[size];
        Lz4.unpack(block, part);
        System.arraycopy(part, 0, out, at, size);
        at += size;
      }
      if (at == out.length) {
        return;
      }
    } catch (MalformedException e) {
      // It may be a block without lengths: what is read then tells.
    }
    Lz4.unpack(raw, out);
  }
}
