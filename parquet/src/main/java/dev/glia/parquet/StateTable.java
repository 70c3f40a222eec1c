package dev.glia.parquet;

/**
 * A table of finite state entropy (tANS): what each state stands for, and how the next one comes
 * about; RFC 8878, section 4.1.
 */
final class StateTable {

  final int bits; // of a state
  private final byte[] symbols; // [states]
  private final byte[] widths; // [states]: bits that the next state takes
  private final int[] bases; // [states]: what these are added to

  /** A table of counts, -1 for less than one, which make up {@code 2^bits}. */
  StateTable(int bits, int[] counts) {
    this.bits = bits;
    int size = 1 << bits;
    symbols = new byte[size];
    widths = new byte[size];
    bases = new int[size];
    int[] next = new int[counts.length];
    int high = size - 1;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      next[symbol] = counts[symbol];
      if (counts[symbol] == -1) {
        symbols[high--] = (byte) symbol;
        next[symbol] = 1;
      }
    }
    int step = (size >> 1) + (size >> 3) + 3;
    int at = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      for (int i = 0; i < counts[symbol]; i++) {
        symbols[at] = (byte) symbol;
        do {
          at = (at + step) & (size - 1);
        } while (at > high);
      }
    }
    for (int state = 0; state < size; state++) {
      int count = next[symbols[state]]++;
      int width = bits - (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(count));
      widths[state] = (byte) width;
      bases[state] = (count << width) - size;
    }
  }

  /** A table of one state. */
  static StateTable of(int symbol) {
    return new StateTable(0, symbol);
  }

  private StateTable(int bits, int symbol) {
    this.bits = bits;
    symbols = new byte[] {(byte) symbol};
    widths = new byte[1];
    bases = new int[1];
  }

  int symbol(int state) {
    return symbols[state];
  }

  int next(int state, BackwardBits in) {
    return bases[state] + in.read(widths[state]);
  }

  /**
   * Reads the counts of a table.
   *
   * @param mostBits of a state
   * @param mostSymbols how many there may be
   */
  static StateTable read(Bytes in, int mostBits, int mostSymbols) throws MalformedException {
    ForwardBits bits = new ForwardBits(in);
    int accuracy = bits.read(4) + 5;
    if (accuracy > mostBits) {
      throw new MalformedException("a table of 2^%d states".formatted(accuracy));
    }
    int[] counts = new int[mostSymbols];
    int left = 1 << accuracy; // of the sum of counts
    int symbol = 0;
    while (left > 0) {
      if (symbol >= mostSymbols) {
        throw new MalformedException("a table of too many symbols");
      }
      int width = Integer.SIZE - Integer.numberOfLeadingZeros(left + 1);
      int half = (1 << (width - 1)) - 1;
      int small = (1 << width) - 1 - (left + 1); // so many values need a bit less
      int value = bits.read(width - 1);
      if (value >= small) {
        value |= bits.read(1) << (width - 1);
        value -= value > half ? small : 0;
      }
      int count = value - 1;
      left -= Math.abs(count);
      counts[symbol++] = count;
      int zeros = count == 0 ? 3 : 0;
      while (zeros == 3) {
        zeros = bits.read(2);
        symbol += zeros;
      }
    }
    if (left < 0) {
      throw new MalformedException("a table's counts are too large");
    }
    bits.finish();
    return new StateTable(accuracy, counts);
  }

  /** Bits from the beginning of some bytes on. */
  private static final class ForwardBits {
    private final Bytes in;
    private int buffer;
    private int buffered;

    ForwardBits(Bytes in) {
      this.in = in;
    }

    int read(int bits) throws MalformedException {
      while (buffered < bits) {
        buffer |= in.readByte() << buffered;
        buffered += Byte.SIZE;
      }
      int value = buffer & ((1 << bits) - 1);
      buffer >>>= bits;
      buffered -= bits;
      return value;
    }

    /** What is left of the last byte stands for nothing. */
    void finish() {
      buffered = 0;
    }
  }
}
