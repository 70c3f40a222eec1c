package dev.glia.training;

/** Hears of a training: a progress bar, a history, a page. */
@FunctionalInterface
public interface TrainingListener {

  /** Something happened; training waits until this returns. */
  void on(TrainingEvent event);
}
