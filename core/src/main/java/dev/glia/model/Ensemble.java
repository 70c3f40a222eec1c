package dev.glia.model;

import dev.glia.compute.Compute;
import dev.glia.metric.Scores;
import dev.glia.network.Network;
import dev.glia.random.RandomState;
import dev.glia.split.Groups;
import dev.glia.split.KFold;
import dev.glia.split.Parts;
import dev.glia.table.Table;
import dev.glia.task.Answers;
import dev.glia.training.Cancellation;
import dev.glia.training.Evaluation;
import dev.glia.training.Examples;
import dev.glia.training.Outputs;
import dev.glia.training.Trainer;
import dev.glia.training.TrainingEvent;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains the members of a model side by side, a network a thread: each with first weights and an
 * order of the rows of its own, and each with other rows kept back to choose its best epoch by
 * (Breiman, "Bagging Predictors", 1996, with folds for bootstrap samples, so that nearly all rows
 * are learnt from).
 *
 * <p>A member depends on its number alone, and members are put together in their order: so the
 * number of threads changes nothing.
 */
final class Ensemble {

  /** Without rows of the recipe's to validate on, each member keeps back this share of them. */
  private static final double SHARE = 0.2;

  private final Experiment experiment;
  private final Recipe recipe;
  private final Compute compute; // of a member
  private final Compute all;
  private final Cancellation cancellation;
  private final List<TrainingListener> listeners;
  private final Table train;
  private final long[] seeds; // [members]
  private final List<int[][]> folds = new ArrayList<>(); // [rounds][folds][]: rows kept back

  Ensemble(
      Experiment experiment,
      Compute compute,
      Cancellation cancellation,
      TrainingListener... listeners) {
    this.experiment = experiment;
    this.cancellation = cancellation;
    this.listeners = List.of(listeners);
    recipe = experiment.recipe();
    train = experiment.parts().train();
    all = compute;
    int members = recipe.members();
    this.compute =
        new Compute(
            Math.max(1, compute.threads() / Math.min(members, compute.threads())),
            compute.kernel());
    seeds = seeds(recipe.seed(), members);
    if (experiment.parts().validation() == null) {
      deal();
    }
  }

  /** The first member has the recipe's seed, the others' are drawn from it. */
  private static long[] seeds(long seed, int members) {
    RandomState random = new RandomState(seed);
    long[] seeds = new long[members];
    Arrays.setAll(seeds, member -> member == 0 ? seed : random.randint(0, 1L << 32));
    return seeds;
  }

  /**
   * Deals the rows to learn from into folds, again in another order when all have had their turn.
   */
  private void deal() {
    double share = recipe.holdout().validation() > 0 ? recipe.holdout().validation() : SHARE;
    int rows = train.rows();
    if (rows < 2) {
      throw new IllegalArgumentException(
          "Several networks need rows to choose their best epochs by, and there is one row: take 1 member.");
    }
    String by = recipe.groups();
    int least = by == null ? rows : Groups.of(train.column(by)).count();
    if (least < 2) {
      throw new IllegalArgumentException(
          "Several networks need groups to choose their best epochs by, and all rows to train on are of one: take 1 member.");
    }
    int count = Math.clamp(Math.round(1 / share), 2, least);
    int[] classes = new int[rows];
    if (experiment.task().answers(train, experiment.untrained().architecture().outputs())
        instanceof Answers.Labels labels) {
      Arrays.setAll(classes, labels::label);
    }
    for (int round = 0; round * count < recipe.members(); round++) {
      long seed = (recipe.holdout().seed() + round) % (1L << 32);
      KFold deal = new KFold(count, seed);
      String groups = recipe.groups();
      folds.add(groups == null ? deal.parts(classes) : deal.groups(train.column(groups)));
    }
  }

  /** What a member gave. */
  @SuppressWarnings("ArrayRecordComponent") // carries three results, is never compared
  private record Member(TrainingResult result, int[] keptBack, float[] outputs) {}

  TrainingResult train() {
    long began = System.nanoTime();
    int threads = Math.min(recipe.members(), all.threads());
    List<Member> members = new ArrayList<>();
    ExecutorService executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("glia-member-", 1).factory());
    Cancellation failed = new Cancellation();
    try {
      List<Future<@Nullable Member>> running = new ArrayList<>();
      for (int i = 0; i < recipe.members(); i++) {
        int member = i;
        running.add(executor.submit(() -> member(member, failed)));
      }
      for (Future<@Nullable Member> future : running) {
        Member member = future.get();
        if (member != null) {
          members.add(member);
        }
      }
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("The training was interrupted.").initCause(e);
    } finally {
      failed.cancel();
      executor.shutdownNow();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    TrainingResult result = together(kept(members), seconds);
    tell(TrainingEvent.Finished.of(result));
    return result;
  }

  private static RuntimeException thrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException exception
        ? exception
        : new IllegalStateException("A member's training failed.", cause);
  }

  /** One that was cut off is of use only where none was trained to its end. */
  private static List<Member> kept(List<Member> members) {
    List<Member> whole = members.stream().filter(m -> !m.result.cancelled()).toList();
    return whole.isEmpty() ? members : whole;
  }

  /** Trains a member; null if there was no time to begin. The first always begins. */
  private @Nullable Member member(int member, Cancellation failed) {
    if (failed.isCancelled() || (member > 0 && cancellation.isCancelled())) {
      return null;
    }
    Parts parts = experiment.parts();
    int[] keptBack = keptBack(member);
    Examples learnt =
        keptBack.length == 0
            ? experiment.trainExamples()
            : experiment.toLearn(train.select(others(keptBack, train.rows())));
    Examples chosenBy =
        keptBack.length == 0
            ? experiment.validationExamples()
            : experiment.examples(train.select(keptBack));
    Trainer trainer =
        new Trainer(
            recipe.training(),
            compute,
            Cancellation.anyOf(cancellation, failed),
            event -> tell(new TrainingEvent.OfMember(member + 1, recipe.members(), event)));
    RandomState random = new RandomState(seeds[member]);
    TrainingResult result;
    try {
      Network first = experiment.initialize(random, member);
      result = trainer.fit(first, learnt, chosenBy, random);
    } catch (RuntimeException | Error e) {
      failed.cancel();
      throw e;
    }
    float[] outputs =
        parts.validation() != null || chosenBy == null
            ? new float[0]
            : Outputs.of(result.network(), chosenBy, compute);
    return new Member(result, keptBack, outputs);
  }

  /** The rows that a member validates on; none where all have the recipe's. */
  private int[] keptBack(int member) {
    if (folds.isEmpty()) {
      return new int[0];
    }
    int count = folds.getFirst().length;
    return folds.get(member / count)[member % count];
  }

  private static int[] others(int[] keptBack, int rows) {
    boolean[] kept = new boolean[rows];
    for (int row : keptBack) {
      kept[row] = true;
    }
    return IntStream.range(0, rows).filter(row -> !kept[row]).toArray();
  }

  private synchronized void tell(TrainingEvent event) {
    for (TrainingListener listener : listeners) {
      listener.on(event);
    }
  }

  private TrainingResult together(List<Member> members, double seconds) {
    List<Network> networks = members.stream().map(m -> m.result.network()).toList();
    Scores validation = validation(members, networks);
    int epochs = members.stream().mapToInt(m -> m.result.epochs()).max().orElse(0);
    Examples test = experiment.testExamples();
    return new TrainingResult(
        networks,
        epochs,
        members.stream().mapToLong(m -> m.result.updates()).sum(),
        seconds,
        scores(networks, experiment.trainExamples()),
        validation,
        test == null || experiment.parts().watchesTest() ? validation : scores(networks, test),
        members.size() < recipe.members() || members.stream().anyMatch(m -> m.result.cancelled()),
        members.stream().anyMatch(m -> m.result.stopped()),
        epochs);
  }

  private Scores scores(List<Network> networks, Examples examples) {
    return Model.scores(
        networks, recipe.training().loss(), recipe.training().metrics(), examples, all);
  }

  /** Each row's output is the average of the members that have not learnt from it. */
  private @Nullable Scores validation(List<Member> members, List<Network> networks) {
    if (folds.isEmpty()) {
      Examples validation = experiment.validationExamples();
      return validation == null ? null : scores(networks, validation);
    }
    int units = experiment.untrained().architecture().outputs();
    double[] sums = new double[Math.multiplyExact(train.rows(), units)];
    int[] counts = new int[train.rows()];
    for (Member member : members) {
      for (int i = 0; i < member.keptBack.length; i++) {
        int row = member.keptBack[i];
        counts[row]++;
        for (int unit = 0; unit < units; unit++) {
          sums[row * units + unit] += member.outputs[i * units + unit];
        }
      }
    }
    int[] rows = IntStream.range(0, counts.length).filter(row -> counts[row] > 0).toArray();
    float[] outputs = new float[rows.length * units];
    for (int i = 0; i < outputs.length; i++) {
      int row = rows[i / units];
      outputs[i] = (float) (sums[row * units + i % units] / counts[row]);
    }
    return Evaluation.of(
        outputs,
        recipe.training().loss(),
        recipe.training().metrics(),
        experiment.task().answers(train.select(rows), units));
  }
}
