package dev.glia.studio.run;

import dev.glia.training.DivergedException;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.Finished;
import dev.glia.training.TrainingEvent.Started;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of a run's training besides its pages: the command. It may come late, and hears all
 * from the beginning.
 */
final class Audience {

  private final CompletableFuture<TrainingResult> end = new CompletableFuture<>();
  private @Nullable Started started;
  private @Nullable LoggedEpochs logged;
  private TrainingListener listener = event -> {};

  /** A line was set up, with what it has logged so far. */
  synchronized void begin(Started event, LoggedEpochs history) {
    boolean first = started == null;
    started = event;
    logged = history;
    if (first) {
      listener.on(event);
    }
  }

  /** An epoch was evaluated; it goes into the line's history, where pages see it. */
  synchronized void tell(LoggedEpochs history, EpochFinished kept, EpochFinished epoch) {
    history.add(kept);
    listener.on(epoch);
  }

  synchronized void finish(TrainingResult result) {
    if (end.complete(result)) {
      listener.on(Finished.of(result));
    }
  }

  /** It diverged, or could not begin. */
  void fail(String sentence) {
    end.completeExceptionally(new DivergedException(sentence));
  }

  /** From now on tells somebody, and of what came before first. */
  synchronized void join(TrainingListener wanted) {
    if (started != null && logged != null) {
      wanted.on(started);
      logged.all().forEach(wanted::on);
    }
    listener = wanted;
  }

  /**
   * Waits for the end.
   *
   * @throws DivergedException if the run failed
   */
  TrainingResult await() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new DivergedException(cause == null ? "" : String.valueOf(cause.getMessage()));
    }
  }
}
