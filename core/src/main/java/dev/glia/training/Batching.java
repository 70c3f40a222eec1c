package dev.glia.training;

/**
 * How an epoch's rows are cut into batches.
 *
 * @param size rows a batch, at least 1; {@link #FULL} for all rows in one
 * @param even false: batches of the size and a smaller last one. True: as NumPy's {@code
 *     array_split(rows, n / size)}, batches that differ by one row at the most, as the first
 *     article's
 */
public record Batching(int size, boolean even) {

  /** The size that puts all rows into one batch. */
  public static final int FULL = Integer.MAX_VALUE;

  /** Checks the size. */
  public Batching {
    if (size < 1) {
      throw new IllegalArgumentException("A batch needs at least 1 row, got " + size + ".");
    }
  }

  /** All rows in one batch. */
  public static Batching full() {
    return new Batching(FULL, false);
  }

  /** How many batches so many rows make. */
  public int count(int rows) {
    if (size >= rows) {
      return 1;
    }
    return even ? rows / size : Math.ceilDiv(rows, size);
  }

  /** The first row of a batch; that of batch {@link #count} is the number of rows. */
  public int start(int batch, int rows) {
    int count = count(rows);
    if (even) {
      return batch * (rows / count) + Math.min(batch, rows % count);
    }
    return batch == count ? rows : batch * size;
  }

  /** The batch in which a row stands, both from 0. */
  int batchOf(int row, int rows) {
    int batch = (int) ((long) row * count(rows) / rows); // right or a little off
    while (start(batch, rows) > row) {
      batch--;
    }
    while (start(batch + 1, rows) <= row) {
      batch++;
    }
    return batch;
  }

  /** The most rows a batch has. */
  public int largest(int rows) {
    return start(1, rows);
  }
}
