package dev.glia.layer;

/**
 * Random numbers that depend on what they are for and not on the order in which they are asked for:
 * seed, update, layer, row of the batch, and unit. So threads may ask in any order.
 *
 * <p>A counter goes through mixing functions: that of SplitMix64 for a key (Steele, Lea and Flood,
 * "Fast Splittable Pseudorandom Number Generators", 2014), and the 32-bit finalizer of MurmurHash3
 * (Appleby, 2011) for the numbers, which C2 turns into vectors.
 */
public final class Noise {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Noise() {}

  /** The key of a layer's numbers in an update. */
  public static long key(long seed, long update, int layer) {
    return mix(mix(mix(seed + GOLDEN) + update + GOLDEN) + layer + GOLDEN);
  }

  /** The key of a row's numbers. */
  static int key(long key, int row) {
    return (int) (mix(key + (row + 1L) * GOLDEN) >>> 32);
  }

  /** 32 random bits for a unit of a row. */
  static int bits(int rowKey, int unit) {
    int h = rowKey + unit * 0x9E3779B9;
    h ^= h >>> 16;
    h *= 0x85EBCA6B;
    h ^= h >>> 13;
    h *= 0xC2B2AE35;
    return h ^ (h >>> 16);
  }

  /** A uniform number in [0, 1) with 24 random bits. */
  public static float uniform(long key, int row, int unit) {
    return (bits(key(key, row), unit) >>> 8) * 0x1p-24f;
  }

  /** A standard normal number: Box and Muller's cosine form, from two uniform numbers. */
  public static double normal(long key, int row, int unit) {
    double u = (bits(key(key, row), 2 * unit) >>> 8) * 0x1p-24 + 0x1p-25; // over 0
    double v = uniform(key, row, 2 * unit + 1);
    return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
