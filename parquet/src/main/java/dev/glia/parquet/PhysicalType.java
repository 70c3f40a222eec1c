package dev.glia.parquet;

/** How values are written, whatever they mean. */
enum PhysicalType {
  BOOLEAN(0),
  INT32(Integer.BYTES),
  INT64(Long.BYTES),
  INT96(12),
  FLOAT(Float.BYTES),
  DOUBLE(Double.BYTES),
  BYTE_ARRAY(0),
  FIXED_LEN_BYTE_ARRAY(0);

  final int bytes; // of a value; 0 where that is not the same for all

  PhysicalType(int bytes) {
    this.bytes = bytes;
  }

  static PhysicalType of(long number) throws MalformedException {
    if (number < 0 || number >= values().length) {
      throw new MalformedException("there is no type with the number " + number);
    }
    return values()[(int) number];
  }

  /** Whether values are bytes rather than a number. */
  boolean isBytes() {
    return this == BYTE_ARRAY || this == FIXED_LEN_BYTE_ARRAY || this == INT96;
  }
}
