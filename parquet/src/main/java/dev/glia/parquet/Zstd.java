package dev.glia.parquet;

import org.jspecify.annotations.Nullable;

/**
 * Unpacks frames of Zstandard (RFC 8878): blocks of literals, and sequences that say how many of
 * them to take and what to repeat of what has been unpacked before.
 */
final class Zstd {

  private static final int MAGIC = 0xFD2FB528;
  private static final int SKIPPABLE = 0x184D2A50; // its last four bits are free
  private static final int BLOCK = 1 << 17; // bytes of a block at most
  private static final int REPEAT = 3; // the mode of a table that was used before

  private static final int[] LITERAL_COUNTS = {
    4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1,
    -1, -1, -1, -1
  };
  private static final int[] OFFSET_COUNTS = {
    1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1
  };
  private static final int[] MATCH_COUNTS = {
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
  };

  /** Lengths of literals from code 16 on: the least one, and the bits that are added to it. */
  private static final int[] LITERAL_BASES = {
    16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768,
    65536
  };

  private static final int[] LITERAL_BITS = {
    1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
  };

  /** Lengths of matches from code 32 on. */
  private static final int[] MATCH_BASES = {
    35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771,
    65539
  };

  private static final int[] MATCH_BITS = {
    1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
  };

  private static final int LEAST_MATCH = 3;

  private final byte[] out;
  private int at; // in what is unpacked
  private final byte[] literals = new byte[BLOCK];
  private int literalCount;
  private @Nullable HuffmanTable huffman;
  private @Nullable StateTable literalLengths;
  private @Nullable StateTable offsets;
  private @Nullable StateTable matchLengths;
  private int[] recent = {1, 4, 8}; // offsets that were used last

  private Zstd(byte[] out) {
    this.out = out;
  }

  static void unpack(Bytes in, byte[] out) throws MalformedException {
    int at = 0;
    while (in.left() > 0) {
      int magic = in.readInt();
      if ((magic & ~0xF) == SKIPPABLE) {
        in.take(in.readInt());
      } else if (magic == MAGIC) {
        Zstd frame = new Zstd(out);
        frame.at = at;
        frame.readFrame(in);
        at = frame.at;
      } else {
        throw new MalformedException("a page packed by Zstandard does not begin as such");
      }
    }
    if (at != out.length) {
      throw new MalformedException(
          "%,d bytes unpacked were expected, Zstandard gives %,d".formatted(out.length, at));
    }
  }

  private void readFrame(Bytes in) throws MalformedException {
    int header = in.readByte();
    boolean whole = (header & 0x20) != 0; // no window smaller than all there is
    in.take(whole ? 0 : 1);
    if ((header & 3) != 0) {
      throw new MalformedException("Zstandard with a dictionary of its own");
    }
    int size = header >>> 6;
    in.take(size == 0 ? (whole ? 1 : 0) : 1 << size); // what is promised is known already
    boolean last = false;
    while (!last) {
      int block = in.readInt(3);
      last = (block & 1) == 1;
      readBlock(in, (block >>> 1) & 3, block >>> 3);
    }
    in.take((header & 4) != 0 ? Integer.BYTES : 0); // a checksum
  }

  private void readBlock(Bytes in, int type, int size) throws MalformedException {
    if (size > BLOCK || (type < 2 && size > out.length - at)) {
      throw new MalformedException("a block of %,d bytes".formatted(size));
    }
    switch (type) {
      case 0 -> System.arraycopy(in.array, in.take(size), out, at, size);
      case 1 -> java.util.Arrays.fill(out, at, at + size, (byte) in.readByte());
      case 2 -> readPacked(in.slice(size));
      default -> throw new MalformedException("a block of a kind that there is not");
    }
    at += type < 2 ? size : 0;
  }

  private void readPacked(Bytes in) throws MalformedException {
    readLiterals(in);
    int used = readSequences(in);
    append(used, literalCount - used);
  }

  private void append(int from, int count) throws MalformedException {
    if (count > out.length - at || count > literalCount - from) {
      throw new MalformedException("more bytes are unpacked than were promised");
    }
    System.arraycopy(literals, from, out, at, count);
    at += count;
  }

  // Literals.

  private void readLiterals(Bytes in) throws MalformedException {
    int first = in.readByte();
    int type = first & 3;
    int format = (first >>> 2) & 3;
    if (type < 2) {
      int size =
          switch (format) {
            case 1 -> first >>> 4 | in.readByte() << 4;
            case 3 -> first >>> 4 | in.readInt(Short.BYTES) << 4;
            default -> first >>> 3;
          };
      checkLiterals(size);
      if (type == 0) {
        System.arraycopy(in.array, in.take(size), literals, 0, size);
      } else {
        java.util.Arrays.fill(literals, 0, size, (byte) in.readByte());
      }
      return;
    }
    int bits = format < 2 ? 10 : format == 2 ? 14 : 18;
    long sizes = (long) first >>> 4;
    int bytes = (2 * bits + 4) / Byte.SIZE - 1;
    for (int i = 0; i < bytes; i++) {
      sizes |= (long) in.readByte() << (4 + i * Byte.SIZE);
    }
    int size = (int) (sizes & ((1 << bits) - 1));
    checkLiterals(size);
    Bytes packed = in.slice((int) (sizes >>> bits & ((1 << bits) - 1)));
    HuffmanTable table = type == 2 ? HuffmanTable.read(packed) : huffman;
    if (table == null) {
      throw new MalformedException("a Huffman table is named that is not there");
    }
    huffman = table;
    if (format == 0) {
      table.decode(packed, literals, 0, size);
    } else {
      readStreams(packed, table, size);
    }
  }

  private void checkLiterals(int size) throws MalformedException {
    if (size > BLOCK) {
      throw new MalformedException("%,d literals in a block".formatted(size));
    }
    literalCount = size;
  }

  private void readStreams(Bytes packed, HuffmanTable table, int size) throws MalformedException {
    int[] lengths = new int[4];
    for (int i = 0; i < 3; i++) {
      lengths[i] = packed.readInt(Short.BYTES);
    }
    lengths[3] = packed.left() - lengths[0] - lengths[1] - lengths[2];
    int each = (size + 3) / 4;
    for (int i = 0; i < 4; i++) {
      int from = Math.min(i * each, size);
      table.decode(
          packed.slice(lengths[i]), literals, from, i == 3 ? size : Math.min(from + each, size));
    }
  }

  // Sequences.

  private StateTable table(
      Bytes in, int mode, @Nullable StateTable last, int bits, int[] usual, int most)
      throws MalformedException {
    return switch (mode) {
      case 0 -> new StateTable(usual.length == OFFSET_COUNTS.length ? 5 : 6, usual);
      case 1 -> {
        int symbol = in.readByte();
        if (symbol >= most) {
          throw new MalformedException("a code of sequences that there is not");
        }
        yield StateTable.of(symbol);
      }
      case REPEAT -> {
        if (last == null) {
          throw new MalformedException("a table is named that is not there");
        }
        yield last;
      }
      default -> StateTable.read(in, bits, most);
    };
  }

  /** Carries the sequences out; gives how many literals they took. */
  private int readSequences(Bytes in) throws MalformedException {
    int count = in.readByte();
    if (count == 0) {
      return 0;
    }
    if (count == 0xFF) {
      count = in.readInt(Short.BYTES) + 0x7F00;
    } else if (count >= 0x80) {
      count = ((count - 0x80) << Byte.SIZE) + in.readByte();
    }
    int modes = in.readByte();
    StateTable lengths = table(in, modes >>> 6, literalLengths, 9, LITERAL_COUNTS, 36);
    StateTable places = table(in, (modes >>> 4) & 3, offsets, 8, OFFSET_COUNTS, 31);
    StateTable matches = table(in, (modes >>> 2) & 3, matchLengths, 9, MATCH_COUNTS, 53);
    literalLengths = lengths;
    offsets = places;
    matchLengths = matches;

    BackwardBits bits = new BackwardBits(in);
    int length = bits.read(lengths.bits);
    int place = bits.read(places.bits);
    int match = bits.read(matches.bits);
    int used = 0;
    for (int i = 0; i < count; i++) {
      int code = places.symbol(place);
      int value = (1 << code) + bits.read(code);
      int copied = length(matches.symbol(match), 32, LEAST_MATCH, MATCH_BASES, MATCH_BITS, bits);
      int taken = length(lengths.symbol(length), 16, 0, LITERAL_BASES, LITERAL_BITS, bits);
      append(used, taken);
      used += taken;
      at = Snappy.copy(out, at, offset(value, taken == 0), copied);
      if (i + 1 < count) {
        length = lengths.next(length, bits);
        match = matches.next(match, bits);
        place = places.next(place, bits);
      }
      if (bits.left() < 0) {
        throw new MalformedException("bits of sequences lack");
      }
    }
    if (bits.left() != 0) {
      throw new MalformedException("bits of sequences are left");
    }
    return used;
  }

  private static int length(
      int code, int plain, int least, int[] bases, int[] widths, BackwardBits bits) {
    return code < plain ? code + least : bases[code - plain] + bits.read(widths[code - plain]);
  }

  /** An offset, or one of those that were used last. */
  private int offset(int value, boolean withoutLiterals) {
    if (value > 3) {
      recent = new int[] {value - 3, recent[0], recent[1]};
      return recent[0];
    }
    int which = withoutLiterals ? value : value - 1;
    int offset = which == 3 ? recent[0] - 1 : recent[which];
    if (which > 0) {
      recent = new int[] {offset, recent[0], which == 1 ? recent[2] : recent[1]};
    }
    return offset;
  }
}
