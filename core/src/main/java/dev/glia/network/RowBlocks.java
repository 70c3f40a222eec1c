package dev.glia.network;

import dev.glia.compute.KernelChoice;
import dev.glia.internal.kernel.Workers;
import org.jspecify.annotations.Nullable;

/**
 * The walk of any number of rows through a network: in blocks that threads share, each in a pass of
 * its own.
 *
 * <p>A block's numbers stay in the cache. Blocks do not depend on one another, so neither does what
 * comes out depend on the number of threads. After the first walk another of as many rows allocates
 * nothing.
 */
public final class RowBlocks implements AutoCloseable {

  private static final int BLOCK = 128; // rows

  /** What is done with each block of rows. */
  public interface Visitor {

    /** Runs the rows from first on, so many, through a pass. */
    void run(ForwardPass pass, float[] parameters, int first, int rows);

    /** Takes what came out of the pass. */
    void take(ForwardPass pass, int share, int first, int rows);
  }

  private final Architecture architecture;
  private final KernelChoice kernel;
  private final Workers workers;
  private final Visitor visitor;
  private final @Nullable ForwardPass[] passes; // [shares], each made when rows come
  private final Workers.Task task = this::walk;

  private float[] parameters = new float[0]; // of the running walk
  private int rows;

  /**
   * A walk whose blocks one visitor gives and takes.
   *
   * @param threads how many share the blocks; to be ended by {@link #close}
   */
  public RowBlocks(Architecture architecture, KernelChoice kernel, int threads, Visitor visitor) {
    this.architecture = architecture;
    this.kernel = kernel;
    workers = new Workers(threads);
    this.visitor = visitor;
    passes = new ForwardPass[workers.count()];
  }

  /** How many blocks so many rows make. */
  public static int count(int rows) {
    return Math.ceilDiv(rows, BLOCK);
  }

  /** The block in which a row stands. */
  public static int blockOf(int row) {
    return row / BLOCK;
  }

  /** How many threads share the blocks. */
  public int threads() {
    return workers.count();
  }

  /** Walks so many rows through a network of these parameters. */
  public void walk(float[] parameters, int rows) {
    this.parameters = parameters;
    this.rows = rows;
    workers.run(task);
  }

  /** A share of the rows, block by block. */
  private void walk(int share, int count) {
    if (share * BLOCK >= rows) {
      return;
    }
    ForwardPass pass = pass(share);
    for (int first = share * BLOCK; first < rows; first += count * BLOCK) {
      int some = Math.min(BLOCK, rows - first);
      visitor.run(pass, parameters, first, some);
      visitor.take(pass, share, first, some);
    }
  }

  private ForwardPass pass(int share) {
    ForwardPass pass = passes[share];
    int capacity = Math.min(BLOCK, rows);
    if (pass == null || pass.capacity() < capacity) {
      pass = new ForwardPass(architecture, capacity, kernel);
      passes[share] = pass;
    }
    return pass;
  }

  /**
   * Where the sums of a block of the last walk stopped being finite.
   *
   * @return the first such layer in the block, -1 if there is none
   */
  public int firstNotFinite(int block) {
    int first = block * BLOCK;
    int some = Math.min(BLOCK, rows - first);
    ForwardPass pass = pass(0);
    visitor.run(pass, parameters, first, some);
    return pass.firstNotFinite(some);
  }

  /** Ends the threads, if there are any. */
  @Override
  public void close() {
    workers.close();
  }
}
