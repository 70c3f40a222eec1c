package dev.glia.training;

import dev.glia.metric.Scores;
import dev.glia.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * What a training gave.
 *
 * @param network the trained network: that of the best epoch, where a stopping rule finds one
 * @param epochs how many epochs were trained to their end
 * @param updates how often the parameters changed
 * @param seconds what training took, without evaluation
 * @param train the trained network on the rows it learned from
 * @param validation the same on the rows to validate on; null if there are none
 * @param test the same on the rows to test on; null if there are none
 * @param cancelled whether it ended early because it was asked to
 * @param stopped whether the stopping rule ended it
 * @param bestEpoch the epoch whose weights the network has: the last, unless a stopping rule finds
 *     another better
 */
public record TrainingResult(
    Network network,
    int epochs,
    long updates,
    double seconds,
    Scores train,
    @Nullable Scores validation,
    @Nullable Scores test,
    boolean cancelled,
    boolean stopped,
    int bestEpoch) {}
