package dev.glia.studio.view;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Numbers as base64, little endian: short, and quick to read for a page. */
public final class Packed {

  private Packed() {}

  /** Bytes as they are. */
  public static String of(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Floats, four bytes each. */
  public static String of(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return of(bytes.array());
  }

  /** A share of 0 to 1 as 0 to 255; what is not a number is 0. */
  static byte share(double value) {
    return (byte) Math.round(255 * Math.clamp(Double.isNaN(value) ? 0 : value, 0, 1));
  }

  /** A value of -largest to largest as 1 to 255, 128 being 0; so is what is not a number. */
  static byte signed(double value, double largest) {
    double share = largest > 0 ? Math.clamp(value / largest, -1, 1) : 0;
    return (byte) (128 + Math.round(127 * (Double.isNaN(share) ? 0 : share)));
  }
}
