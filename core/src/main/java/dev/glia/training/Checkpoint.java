package dev.glia.training;

import dev.glia.data.RandomState;
import dev.glia.network.Architecture;
import dev.glia.network.Network;

/**
 * All that a training needs to go on from some update: with the same options and examples it goes
 * on with the same bits.
 *
 * <p>Immutable: what can be changed is copied on its way in and out.
 *
 * @param architecture the network's shape
 * @param options what it was trained with
 * @param parameters as {@link Architecture} lays them out, {@code [size]}
 * @param memory what the optimizer remembers
 * @param noise what is random inside an update, such as a dropout, comes from it
 * @param random the stream of the rows' orders
 * @param order the rows in the order of the running epoch, or of the last one if none is; {@code
 *     [rows]}
 * @param epoch whole epochs trained
 * @param batch batches trained of the running epoch
 * @param updates how often the parameters have changed
 * @param seconds what training took, without evaluation
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Checkpoint(
    Architecture architecture,
    TrainingOptions options,
    float[] parameters,
    OptimizerMemory memory,
    long noise,
    RandomState random,
    int[] order,
    int epoch,
    int batch,
    long updates,
    double seconds) {

  /** The bytes of a random stream: 624 ints and a little. */
  private static final int STREAM = 2_512;

  /** Copies what can be changed. */
  public Checkpoint {
    parameters = parameters.clone();
    memory = memory.copy();
    random = random.copy();
    order = order.clone();
  }

  @Override
  public float[] parameters() {
    return parameters.clone();
  }

  @Override
  public OptimizerMemory memory() {
    return memory.copy();
  }

  @Override
  public RandomState random() {
    return random.copy();
  }

  @Override
  public int[] order() {
    return order.clone();
  }

  /** The network as it was. */
  public Network network() {
    return new Network(architecture, parameters);
  }

  /** How many examples the training has. */
  public int rows() {
    return order.length;
  }

  /** How much memory the numbers in it need. */
  public long bytes() {
    return (long) Float.BYTES * parameters.length
        + (long) Integer.BYTES * order.length
        + memory.bytes()
        + STREAM;
  }
}
