package dev.glia.training;

import dev.glia.metric.Scores;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happens during a training, told to its listeners in order, one at a time. */
public sealed interface TrainingEvent {

  /**
   * Training begins.
   *
   * @param kernel the name of the kernel that was chosen
   * @param threads how many threads share a batch
   */
  record Started(
      Architecture architecture,
      TrainingOptions options,
      int trainRows,
      int validationRows,
      int testRows,
      String kernel,
      int threads)
      implements TrainingEvent {}

  /**
   * An epoch was trained and the network evaluated; epoch 0 is the untrained network.
   *
   * @param epoch 0 for the untrained network, then from 1; when training was cancelled within an
   *     epoch, the last whole one, once more
   * @param updates how often the parameters have changed
   * @param train the network after the epoch on the rows it learns from
   * @param validation the same on the rows to validate on; null if there are none
   * @param seconds what training the epochs since the last such event took, without evaluation
   * @param network the network as it is now, copied when asked for; to be asked while listening
   */
  record EpochFinished(
      int epoch,
      long updates,
      Scores train,
      @Nullable Scores validation,
      double seconds,
      Supplier<Network> network)
      implements TrainingEvent {}

  /**
   * Something happened to one of several networks that are trained side by side, each with rows of
   * its own to validate on. In the end a {@link Finished} tells of their average.
   *
   * @param member which of them, from 1
   * @param members how many there are to be
   * @param event what happened to it
   */
  record OfMember(int member, int members, TrainingEvent event) implements TrainingEvent {}

  /**
   * Training has ended.
   *
   * @param epochs how many epochs were trained to their end
   * @param trainingSeconds what all epochs took, without evaluation
   * @param train the network that it gives on the rows it learned from
   * @param validation the same on the rows to validate on; null if there are none
   * @param test the same on the rows to test on, which it sees here for the first time unless they
   *     are those to validate on; null if there are none
   * @param cancelled whether it ended before its last epoch because it was asked to
   * @param stopped whether the stopping rule ended it
   * @param bestEpoch the epoch whose weights it gives
   */
  record Finished(
      int epochs,
      long updates,
      double trainingSeconds,
      Scores train,
      @Nullable Scores validation,
      @Nullable Scores test,
      boolean cancelled,
      boolean stopped,
      int bestEpoch)
      implements TrainingEvent {

    /** The end of a training that gave this. */
    public static Finished of(TrainingResult result) {
      return new Finished(
          result.epochs(),
          result.updates(),
          result.seconds(),
          result.train(),
          result.validation(),
          result.test(),
          result.cancelled(),
          result.stopped(),
          result.bestEpoch());
    }
  }
}
