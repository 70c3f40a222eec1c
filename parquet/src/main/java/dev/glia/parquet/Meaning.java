package dev.glia.parquet;

import dev.glia.table.DateFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What values stand for.
 *
 * @param kind of what
 * @param scale decimals of a decimal number; parts of a second of a time
 */
record Meaning(Kind kind, long scale) {

  /** Kinds of values that can be learnt from, and the others. */
  enum Kind {
    NUMBER,
    UNSIGNED,
    DECIMAL,
    HALF,
    BOOLEAN,
    DATE,
    TIME,
    TIMESTAMP_96,
    TEXT,
    BYTES_OR_TEXT,
    OTHER
  }

  private static final long MILLIS = 1_000;
  private static final long MICROS = 1_000_000;
  private static final long NANOS = 1_000_000_000;
  private static final int MOST_DECIMALS = 100;
  private static final int LONGEST_DECIMAL = 64; // bytes
  private static final double SECONDS_A_DAY = 86_400;
  private static final int DAY_OF_1970 = 2_440_588; // as Julian days are counted

  private static Meaning of(Kind kind) {
    return new Meaning(kind, 0);
  }

  /** What a column of the schema means, by its logical type or the older converted one. */
  static Meaning of(Thrift element, PhysicalType type) throws MalformedException {
    Thrift logical = element.struct(10);
    Meaning meaning = logical == null ? null : logical(logical);
    if (meaning == null) {
      meaning = converted((int) element.number(6, -1), element.number(7, 0));
    }
    if (meaning == null) {
      meaning =
          of(
              switch (type) {
                case BOOLEAN -> Kind.BOOLEAN;
                case INT32, INT64, FLOAT, DOUBLE -> Kind.NUMBER;
                case INT96 -> Kind.TIMESTAMP_96;
                case BYTE_ARRAY -> Kind.BYTES_OR_TEXT;
                case FIXED_LEN_BYTE_ARRAY -> Kind.OTHER;
              });
    }
    if (!meaning.fits(type) || Math.abs(meaning.scale) > NANOS) {
      throw new MalformedException(
          "the column %s has values of the type %s for %s"
              .formatted(element.text(4), type, meaning.kind));
    }
    return meaning;
  }

  private static @org.jspecify.annotations.Nullable Meaning logical(Thrift logical)
      throws MalformedException {
    if (logical.has(5)) {
      return new Meaning(Kind.DECIMAL, logical.struct(5, "a decimal").number(1, 0));
    }
    if (logical.has(6)) {
      return of(Kind.DATE);
    }
    for (int time = 7; time <= 8; time++) { // of the day; with a date
      if (logical.has(time)) {
        Thrift unit = logical.struct(time, "a time").struct(2, "a time's unit");
        return new Meaning(Kind.TIME, unit.has(1) ? MILLIS : unit.has(2) ? MICROS : NANOS);
      }
    }
    if (logical.has(10)) {
      boolean signed = logical.struct(10, "a whole number").flag(2, true);
      return of(signed ? Kind.NUMBER : Kind.UNSIGNED);
    }
    if (logical.has(15)) {
      return of(Kind.HALF);
    }
    if (logical.has(1) || logical.has(4) || logical.has(12)) { // text, enumeration, JSON
      return of(Kind.TEXT);
    }
    return logical.has(11) ? null : of(Kind.OTHER); // nothing but missing values
  }

  private static @org.jspecify.annotations.Nullable Meaning converted(int converted, long scale) {
    return switch (converted) {
      case 0, 4, 19 -> of(Kind.TEXT);
      case 5 -> new Meaning(Kind.DECIMAL, scale);
      case 6 -> of(Kind.DATE);
      case 7, 9 -> new Meaning(Kind.TIME, MILLIS);
      case 8, 10 -> new Meaning(Kind.TIME, MICROS);
      case 11, 12, 13, 14 -> of(Kind.UNSIGNED);
      case 15, 16, 17, 18 -> of(Kind.NUMBER);
      case 20, 21 -> of(Kind.OTHER); // BSON, intervals
      default -> null;
    };
  }

  private boolean fits(PhysicalType type) {
    return switch (kind) {
      case NUMBER -> !type.isBytes() && type != PhysicalType.BOOLEAN;
      case UNSIGNED, DATE, TIME -> type == PhysicalType.INT32 || type == PhysicalType.INT64;
      case DECIMAL ->
          type != PhysicalType.BOOLEAN
              && type != PhysicalType.INT96
              && type != PhysicalType.FLOAT
              && type != PhysicalType.DOUBLE
              && scale >= 0
              && scale <= MOST_DECIMALS;
      case HALF -> type == PhysicalType.FIXED_LEN_BYTE_ARRAY;
      case BOOLEAN -> type == PhysicalType.BOOLEAN;
      case TIMESTAMP_96 -> type == PhysicalType.INT96;
      case TEXT, BYTES_OR_TEXT ->
          type == PhysicalType.BYTE_ARRAY || type == PhysicalType.FIXED_LEN_BYTE_ARRAY;
      case OTHER -> true;
    };
  }

  boolean isDate() {
    return kind == Kind.DATE || kind == Kind.TIME || kind == Kind.TIMESTAMP_96;
  }

  boolean isText() {
    return kind == Kind.TEXT || kind == Kind.BYTES_OR_TEXT;
  }

  /** How dates of Parquet would be written as text: in ISO 8601. */
  static DateFormat dateFormat() {
    return DateFormat.DAY_FIRST;
  }

  /** The next value as a number; for dates the seconds since 1970, for times since midnight. */
  double next(PhysicalType type, Decoder values) throws MalformedException {
    return switch (kind) {
      case NUMBER ->
          switch (type) {
            case FLOAT -> Float.intBitsToFloat((int) values.nextLong());
            case DOUBLE -> Double.longBitsToDouble(values.nextLong());
            default -> values.nextLong();
          };
      case UNSIGNED -> unsigned(values.nextLong(), type == PhysicalType.INT32);
      case BOOLEAN -> values.nextLong();
      case DECIMAL -> decimal(type, values);
      case HALF -> {
        byte[] half = values.nextBytes();
        if (half.length != Short.BYTES) {
          throw new MalformedException(
              "a half-precision number of %d bytes".formatted(half.length));
        }
        yield Float.float16ToFloat((short) ((half[1] & 0xFF) << Byte.SIZE | (half[0] & 0xFF)));
      }
      case DATE -> values.nextLong() * SECONDS_A_DAY;
      case TIME -> (double) values.nextLong() / scale;
      case TIMESTAMP_96 -> {
        ByteBuffer bytes = ByteBuffer.wrap(values.nextBytes()).order(ByteOrder.LITTLE_ENDIAN);
        double nanos = bytes.getLong();
        yield (bytes.getInt() - DAY_OF_1970) * SECONDS_A_DAY + nanos / NANOS;
      }
      default -> throw new IllegalStateException(kind + " is no number.");
    };
  }

  private static double unsigned(long value, boolean isInt) {
    if (isInt) {
      return value & 0xFFFFFFFFL;
    }
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }

  private double decimal(PhysicalType type, Decoder values) throws MalformedException {
    if (!type.isBytes()) {
      return BigDecimal.valueOf(values.nextLong(), (int) scale).doubleValue();
    }
    byte[] bytes = values.nextBytes();
    if (bytes.length == 0 || bytes.length > LONGEST_DECIMAL) {
      throw new MalformedException("a decimal number of %,d bytes".formatted(bytes.length));
    }
    return new BigDecimal(new BigInteger(bytes), (int) scale).doubleValue();
  }
}
