package dev.glia.schedule;

import dev.glia.internal.text.Call;

/**
 * From 1 down to the least along half a cosine, update by update: {@code least + (1 - least) * (1 +
 * cos(pi * update / updates)) / 2}.
 *
 * <p>Loshchilov and Hutter, "SGDR" (2017), without its restarts, as {@code
 * torch.optim.lr_scheduler.CosineAnnealingLR} with a step an update.
 *
 * @param least what the learning rate would be multiplied by after the last update, from 0 to under
 *     1
 */
public record Cosine(double least) implements Schedule {

  /** Checks the least. */
  public Cosine {
    Schedule.checkShare("cosine", "least", least);
    least += 0.0; // which makes 0 of -0: both are the same
  }

  /** Down to 0. */
  public Cosine() {
    this(0);
  }

  @Override
  public String name() {
    return least == 0 ? "cosine" : Call.text("cosine", least);
  }

  @Override
  public double factor(Progress progress) {
    double share = (double) progress.update() / progress.updates();
    return least + (1 - least) * HalfCosine.of(share);
  }
}
