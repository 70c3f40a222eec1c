package dev.glia.studio.session;

import dev.glia.data.Dataset;
import dev.glia.data.Split;
import dev.glia.metric.Scores;
import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.network.Network;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.view.Snapshot;
import dev.glia.studio.view.Subject;
import dev.glia.training.Checkpoint;
import dev.glia.training.DivergedException;
import dev.glia.training.Examples;
import dev.glia.training.Training;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A run that pages steer and watch: it owns one training thread, which alone touches the training.
 *
 * <p>Commands say what is wanted and return at once, or after the few milliseconds that it takes;
 * they never wait for an evaluation. Whoever watches asks for a {@link Sample}: the training thread
 * looks at one flag an update, and copies the parameters when there is somebody to see them.
 */
public final class Session {

  /** How long a command waits for what it asked for, to tell of it. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** How long somebody waits for the training thread's answer. */
  private static final long LONG_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** A sample is fresh for so long. */
  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  /** How long a watcher waits for a fresh sample before it takes the last one. */
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Multiply-adds of an evaluation that waits until nobody wants anything for a while. */
  private static final long LONG_WORK = 20_000_000;

  private static final long QUIET_MILLIS = 250;

  private static final long RATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** What is trained before the run stops by itself. */
  private enum Goal {
    ALL,
    EPOCH,
    UPDATE
  }

  private final String id;
  private final Owner owner;
  private final DataSets sets;
  private final IntSupplier threads; // how many a training that begins now may use

  private final Object lock = new Object();
  // What follows is changed under the lock.
  private volatile Line line;
  private volatile Status status = Status.READY;
  private @Nullable String error;
  private Goal goal = Goal.ALL;
  private int steps; // still to do, where the goal is updates
  private Pace pace = Pace.FULL;
  private long asked; // commands so far
  private long done; // of these, carried out
  private @Nullable CompletableFuture<Checkpoint> checkpoint; // asked for, not yet given
  private boolean sampleWanted;
  private boolean closed;
  private long changes; // in what a page sees

  /** Whether the training thread has to look at what is wanted. */
  private volatile boolean attention;

  private volatile Sample sample;

  // What follows belongs to the training thread.
  private @Nullable Line running; // what the training is of
  private @Nullable Training training;
  private @Nullable Scores train;
  private @Nullable Scores validation;
  private long evaluatedAt = -1; // updates
  private double secondsTold; // in logged epochs
  private long burstStart;
  private int burstDone;
  private long rateSince;
  private long rateFrom; // updates
  private double rate;

  /**
   * A run that is ready to begin.
   *
   * @param threads how many a training that begins now may use
   * @throws IllegalArgumentException if recipe and data do not go together
   */
  Session(String id, Settings settings, Owner owner, DataSets sets, IntSupplier threads) {
    this.id = id;
    this.owner = owner;
    this.sets = sets;
    this.threads = threads;
    line = Line.begin(settings, threads.getAsInt());
    sample = first(line);
    Thread.ofPlatform().daemon().name("glia-run-" + id).start(this::work);
  }

  private static Sample first(Line line) {
    Snapshot snapshot = line.snapshot(line.first(), 0, false);
    return new Sample(snapshot, 0, 0, 0, batches(line), 0, 0, null, null, System.nanoTime());
  }

  private static int batches(Line line) {
    return line.recipe().training().batching().count(line.split().train().rows());
  }

  // ---- what pages ask for, on their threads

  /** Its name in addresses, which nobody can guess. */
  public String id() {
    return id;
  }

  /** Who began it. */
  public Owner owner() {
    return owner;
  }

  /** All settings. */
  public Settings settings() {
    return line.settings();
  }

  /** What is trained. */
  public Recipe recipe() {
    return line.recipe();
  }

  /** The data in two parts. */
  public Split split() {
    return line.split();
  }

  /** Recipe, data and scaler together. */
  public Experiment experiment() {
    return line.experiment();
  }

  /** How it is. */
  public Status status() {
    return status;
  }

  /** What is wrong with a run that failed; null if nothing is. */
  public @Nullable String error() {
    synchronized (lock) {
      return error;
    }
  }

  /** How many threads the training uses. */
  public int threads() {
    return line.threads();
  }

  /** The logged epochs so far, as {@code glia train} tells of them. */
  public List<EpochFinished> history() {
    return line.history().all();
  }

  /** After how many updates it was forked, once a fork. */
  public List<Long> forks() {
    return line.branches().stream().map(Line.Branch::from).toList();
  }

  /**
   * The model as of a moment, or as it is now.
   *
   * @param moment how many updates it had; null for now
   * @throws Refusal if the moment is gone
   */
  public Model model(@Nullable Integer moment) {
    return stand(moment).model();
  }

  /**
   * A training with its own recipe and data: a run may begin anew, with others, between two
   * questions.
   */
  public record Stand(Recipe recipe, Split split, Experiment experiment, Checkpoint checkpoint) {

    /** The model as it was. */
    public Model model() {
      return experiment.model(checkpoint.network());
    }

    /** The rows of a part. */
    public Dataset data(DataPart part) {
      return switch (part) {
        case TRAIN -> split.train();
        case TEST -> split.test();
      };
    }

    /** The rows of a part, ready for the network. */
    public Examples examples(DataPart part) {
      return switch (part) {
        case TRAIN -> experiment.trainExamples();
        case TEST -> experiment.testExamples();
      };
    }
  }

  /**
   * Where the training was at a moment, or is now.
   *
   * @param moment how many updates it had; null for now
   * @throws Refusal if the moment is gone
   */
  public Stand stand(@Nullable Integer moment) {
    while (true) {
      Line current = line;
      Checkpoint checkpoint = checkpoint(moment);
      if (current == line) {
        return new Stand(current.recipe(), current.split(), current.experiment(), checkpoint);
      }
    }
  }

  /**
   * All that is needed to go on from a moment, or from now.
   *
   * @param moment how many updates it had; null for now
   * @throws Refusal if the moment is gone
   */
  public Checkpoint checkpoint(@Nullable Integer moment) {
    return moment == null ? checkpointNow() : moment(line, moment);
  }

  private static Checkpoint moment(Line line, long updates) {
    Checkpoint found = line.moments().at(updates);
    if (found == null) {
      throw new Refusal(
          404,
          "The moment after %d updates is not kept any more: take one that the slider offers."
              .formatted(updates));
    }
    return found;
  }

  private Checkpoint checkpointNow() {
    CompletableFuture<Checkpoint> asked;
    synchronized (lock) {
      if (closed) {
        throw Sessions.gone();
      }
      if (status == Status.FAILED) {
        return lastMoment(); // what the training holds now is of no use
      }
      if (checkpoint == null) {
        checkpoint = new CompletableFuture<>();
        wakeUp();
      }
      asked = checkpoint;
    }
    try {
      return asked.get(LONG_PATIENCE_NANOS, TimeUnit.NANOSECONDS);
    } catch (CancellationException e) {
      return checkpointNow(); // the run has failed or ended in the meantime
    } catch (TimeoutException | ExecutionException e) {
      throw new Refusal(503, "The run is busy: try again in a moment.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Sessions.gone();
    }
  }

  private Checkpoint lastMoment() {
    List<Checkpoint> moments = line.moments().all();
    if (moments.isEmpty()) {
      throw new Refusal(409, "This run could not begin: change its settings first.");
    }
    return moments.getLast();
  }

  /** Trains to the end of the last epoch. */
  public void run() {
    go(Goal.ALL);
  }

  /** Trains to the end of the running epoch. */
  public void epoch() {
    go(Goal.EPOCH);
  }

  /** Does one update. */
  public void step() {
    go(Goal.UPDATE);
  }

  private void go(Goal wanted) {
    synchronized (lock) {
      if (status == Status.FINISHED || status == Status.FAILED) {
        return;
      }
      steps = wanted == Goal.UPDATE ? steps + 1 : 0;
      goal = wanted;
      become(Status.RUNNING);
      ask();
    }
  }

  /** Stops after the running update. */
  public void pause() {
    synchronized (lock) {
      steps = 0;
      if (status == Status.RUNNING) {
        become(Status.PAUSED);
      }
      ask();
    }
  }

  /** How fast it goes; null for as fast as it can. */
  public void speed(@Nullable Double updatesPerSecond) {
    setPace(updatesPerSecond == null ? Pace.FULL : Pace.of(updatesPerSecond));
  }

  /** Goes at the second article's pace. */
  public void articleSpeed() {
    setPace(Pace.ARTICLE);
  }

  private void setPace(Pace wanted) {
    synchronized (lock) {
      pace = wanted;
      changes++;
      ask();
    }
  }

  /**
   * Begins anew.
   *
   * @param given all settings; null for the same as before
   * @throws IllegalArgumentException if they do not go together
   */
  public void reset(@Nullable Map<String, String> given) throws IOException {
    if (given == null) {
      reset(line.again(threads.getAsInt()));
    } else {
      reset(Settings.of(withCsv(given), sets));
    }
  }

  /** Begins anew with settings that were read. */
  void reset(Settings settings) {
    reset(Line.begin(settings, threads.getAsInt()));
  }

  private void reset(Line fresh) {
    replace(fresh, first(fresh), Status.READY);
  }

  /** A page does not send a file a second time. */
  Map<String, String> withCsv(Map<String, String> given) {
    String text = settings().given().get(DataChoice.CSV);
    boolean missing =
        DataChoice.CSV.equals(given.get("data")) && !given.containsKey(DataChoice.CSV);
    if (!missing || text == null) {
      return given;
    }
    Map<String, String> complete = new HashMap<>(given);
    complete.put(DataChoice.CSV, text);
    return complete;
  }

  /**
   * Trains on from a moment; what came after it stays in the history as a branch.
   *
   * @param moment how many updates it had; null for now
   * @param given all settings; null for the same as before
   * @throws Refusal if the moment is gone
   * @throws IllegalArgumentException if a setting would change that the network's shape or the data
   *     depend on
   */
  public void fork(@Nullable Integer moment, @Nullable Map<String, String> given)
      throws IOException {
    Line current = line;
    Checkpoint from = moment == null ? checkpointNow() : moment(current, moment);
    Settings settings =
        given == null ? current.settings() : current.settings().forked(withCsv(given), sets);
    Line forked = current.fork(settings, threads.getAsInt(), from);
    EpochFinished last = forked.history().last();
    Sample start =
        new Sample(
            forked.snapshot(from),
            forked.history().count(),
            from.epoch(),
            from.batch(),
            batches(forked),
            from.updates(),
            0,
            last == null ? null : last.train(),
            last == null ? null : last.validation(),
            System.nanoTime());
    replace(forked, start, Status.RUNNING);
  }

  private void replace(Line next, Sample start, Status then) {
    synchronized (lock) {
      line = next;
      sample = start;
      error = null;
      goal = Goal.ALL;
      steps = 0;
      become(then);
      ask();
    }
  }

  /** Ends the run and its thread. */
  void close() {
    synchronized (lock) {
      closed = true;
      refuseCheckpoint();
      wakeUp();
    }
  }

  /** All that is shown of a run at the same time. */
  record View(
      Line line, Sample sample, Status status, @Nullable String error, Pace pace, long changes) {}

  /** What is to be seen now, without asking for anything newer. */
  View view() {
    synchronized (lock) {
      return new View(line, sample, status, error, pace, changes);
    }
  }

  /** What is to be seen now; of a run that trains no older than a glance takes. */
  View glance() {
    synchronized (lock) {
      long now = System.nanoTime();
      if (status == Status.RUNNING && now - sample.nanos() > FRESH_NANOS) {
        long old = sample.nanos();
        sampleWanted = true;
        attention = true; // a thread that sleeps has published what there is
        while (sample.nanos() == old && await(now + GLANCE_NANOS)) {
          // woken by something else
        }
      }
      return view();
    }
  }

  private void become(Status next) {
    status = next;
    changes++;
  }

  /** Leaves word for the training thread, and gives it a short time to do what is wanted. */
  private void ask() {
    asked++;
    wakeUp();
    long mine = asked;
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (done < mine && !closed && await(end)) {
      // woken by something else
    }
  }

  private void wakeUp() {
    attention = true;
    lock.notifyAll();
  }

  /** Waits for news; false if the time is over. */
  @SuppressWarnings("WaitNotInLoop") // who calls it loops
  private boolean await(long end) {
    long nanos = end - System.nanoTime();
    if (nanos <= 0) {
      return false;
    }
    try {
      lock.wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  // ---- the training thread

  private void work() {
    try {
      while (true) {
        Line wanted = next();
        if (wanted == null) {
          return;
        }
        try {
          if (wanted == running) {
            train();
          } else {
            open(wanted);
          }
        } catch (DivergedException | IllegalArgumentException e) {
          fail(wanted, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
          fail(wanted, "There is not enough memory for this run: end others, or take less data.");
        }
      }
    } finally {
      shut();
    }
  }

  /** Sleeps until there is something to do; null if the run has ended. */
  private @Nullable Line next() {
    synchronized (lock) {
      boolean quiet = false; // for a while
      while (true) {
        attention = false;
        if (closed) {
          return null;
        }
        answerCheckpoint();
        boolean opened = line == running;
        if (opened && (status != Status.RUNNING || goal != Goal.UPDATE)) {
          done = asked;
          lock.notifyAll();
        }
        if (!opened || status == Status.RUNNING) {
          return line;
        }
        boolean stale = training != null && evaluatedAt != training.updates();
        if (stale && (quiet || !isLong(line))) {
          break;
        }
        try {
          lock.wait(stale ? QUIET_MILLIS : 0);
        } catch (InterruptedException e) {
          return null;
        }
        quiet = !attention;
      }
    }
    evaluateStopped();
    return line;
  }

  /** Whether an evaluation takes so long that somebody who steps would notice. */
  private static boolean isLong(Line line) {
    return line.settings().data().rows() * line.settings().architecture().parameterCount()
        > LONG_WORK;
  }

  /** Sets up the training of another line. */
  private void open(Line wanted) {
    shut();
    running = wanted;
    Training opened = wanted.open();
    training = opened;
    evaluatedAt = -1;
    EpochFinished last = wanted.history().last();
    secondsTold = opened.seconds();
    if (last == null) {
      log(wanted, opened);
      wanted.moments().add(opened.checkpoint());
    } else {
      train = last.train();
      validation = last.validation();
      evaluatedAt = last.updates();
    }
    restartClocks(opened);
    publish(wanted, opened);
  }

  private void shut() {
    Training old = training;
    training = null;
    running = null;
    if (old != null) {
      old.close();
    }
  }

  private void restartClocks(Training current) {
    burstStart = System.nanoTime();
    burstDone = 0;
    rateSince = burstStart;
    rateFrom = current.updates();
    rate = 0;
  }

  /** Trains until somebody wants something else, or the goal is reached. */
  private void train() {
    Line current = running;
    Training t = training;
    if (current == null || t == null) { // it could not be set up
      return;
    }
    Goal mine;
    Pace myPace;
    synchronized (lock) {
      if (status != Status.RUNNING || line != current) {
        return;
      }
      mine = goal;
      myPace = pace;
    }
    restartClocks(t);
    while (!t.done()) {
      if (attention && !goesOn(current, t, mine, myPace)) {
        return;
      }
      boolean ended = t.update();
      if (current.moments().due(t.updates())) {
        current.moments().add(t.checkpoint());
      }
      if (ended && isLogged(t)) {
        log(current, t);
      }
      if (mine == Goal.UPDATE || (mine == Goal.EPOCH && ended)) {
        break;
      }
      if (myPace.limited()) {
        keepPace(current, t, myPace);
      }
    }
    reached(current, t, mine);
  }

  private static boolean isLogged(Training t) {
    TrainingOptions options = t.options();
    return t.epoch() % options.logEvery() == 0 || t.epoch() == options.epochs();
  }

  /** Answers between two updates; false if something else is wanted than to go on. */
  private boolean goesOn(Line current, Training t, Goal mine, Pace myPace) {
    boolean see;
    boolean stopped;
    boolean same;
    synchronized (lock) {
      attention = false;
      see = sampleWanted;
      sampleWanted = false;
      answerCheckpoint();
      stopped = line == current && status != Status.RUNNING;
      same =
          !closed
              && line == current
              && status == Status.RUNNING
              && goal == mine
              && pace.equals(myPace);
      if (same) {
        done = asked;
        lock.notifyAll();
      }
    }
    if (stopped) {
      settle(current, t);
    } else if (see) {
      publish(current, t);
    }
    return same;
  }

  /** Stops, unless something else was wanted in the meantime. */
  private void reached(Line current, Training t, Goal mine) {
    settle(current, t);
    synchronized (lock) {
      steps = Math.max(0, steps - 1);
      if (line != current || status == Status.FAILED) {
        return;
      }
      if (t.done()) {
        steps = 0;
        become(Status.FINISHED);
      } else if (status == Status.RUNNING && goal == mine && steps == 0) {
        become(Status.PAUSED);
      }
    }
  }

  /** Nothing will change for now: keeps the moment and shows it. */
  private void settle(Line current, Training t) {
    current.moments().add(t.checkpoint());
    rate = 0;
    rateSince = 0;
    publish(current, t);
  }

  /** To be called under the lock. */
  private void answerCheckpoint() {
    Training t = training;
    if (checkpoint != null && t != null && line == running) {
      checkpoint.complete(t.checkpoint());
      checkpoint = null;
    }
  }

  /** To be called under the lock: who waits for one looks again at how the run is. */
  private void refuseCheckpoint() {
    if (checkpoint != null) {
      checkpoint.cancel(false);
      checkpoint = null;
    }
  }

  /** Evaluates as {@code glia train} does, and writes it down. */
  private void log(Line current, Training t) {
    Scores onTrain = t.evaluateTrain();
    Scores onTest = t.evaluateValidation();
    remember(t, onTrain, onTest);
    EpochFinished epoch =
        new EpochFinished(
            t.epoch(),
            t.updates(),
            onTrain,
            onTest,
            t.seconds() - secondsTold,
            () -> {
              throw new IllegalStateException("The network of a past epoch is not kept.");
            });
    secondsTold = t.seconds();
    current.history().add(epoch);
  }

  private void remember(Training t, Scores onTrain, @Nullable Scores onTest) {
    train = onTrain;
    validation = onTest;
    evaluatedAt = t.updates();
  }

  /** A run that stopped between two logged epochs: how good it is now. */
  private void evaluateStopped() {
    Line current = running;
    Training t = training;
    if (current == null || t == null) {
      return;
    }
    try {
      remember(t, t.evaluateTrain(), t.evaluateValidation());
    } catch (DivergedException e) { // the training itself will find out
      Scores unknown = new Scores(Double.NaN, null, null);
      remember(t, unknown, unknown);
    }
    publish(current, t);
  }

  /** Shows where the training stands: one copy of the parameters. */
  private void publish(Line current, Training t) {
    publish(current, t, false);
  }

  private void publish(Line current, Training t, boolean diverged) {
    long now = System.nanoTime();
    long passed = now - rateSince;
    if (rateSince != 0 && (passed >= RATE_NANOS || rate == 0)) {
      rate = (t.updates() - rateFrom) * 1e9 / Math.max(1, passed);
    }
    if (passed >= RATE_NANOS) {
      rateSince = rateSince == 0 ? 0 : now;
      rateFrom = t.updates();
    }
    Sample old = sample;
    int logged = current.history().count();
    boolean same = old.updates() == t.updates() && old.logged() == logged && line == current;
    Snapshot snapshot =
        same && !diverged
            ? old.snapshot()
            : current.snapshot(diverged ? lastFinite(current, t) : t.network(), logged, diverged);
    Sample fresh =
        new Sample(
            snapshot,
            logged,
            t.epoch(),
            t.batch(),
            t.batches(),
            t.updates(),
            rate,
            train,
            validation,
            now);
    synchronized (lock) {
      if (line == current) {
        sample = fresh;
        changes++;
      }
      lock.notifyAll();
    }
  }

  /** What a training that diverged can still show: its last update may have been done in part. */
  private static Network lastFinite(Line current, Training t) {
    Network network = t.network();
    for (float parameter : network.parameters()) {
      if (!Float.isFinite(parameter)) {
        List<Checkpoint> moments = current.moments().all();
        return moments.isEmpty() ? current.first() : moments.getLast().network();
      }
    }
    return network;
  }

  /** After each burst waits until the next is due, or somebody wants something. */
  private void keepPace(Line current, Training t, Pace myPace) {
    burstDone++;
    if (burstDone < myPace.burst()) {
      return;
    }
    burstDone = 0;
    long due = burstStart + myPace.burstNanos();
    burstStart = Math.max(due, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
    if (due - System.nanoTime() > 0) {
      publish(current, t); // nothing changes until then
      synchronized (lock) {
        while (!attention && await(due)) {
          // woken by something else
        }
      }
    }
  }

  private void fail(Line failed, String sentence) {
    Training t = training;
    synchronized (lock) {
      running = failed;
      if (line != failed) {
        return;
      }
      error = sentence;
      become(Status.FAILED);
      refuseCheckpoint();
    }
    if (t != null) {
      evaluatedAt = t.updates();
      rate = 0;
      publish(failed, t, true);
    }
  }

  /** What can be drawn of its data. */
  public Subject subject() {
    return line.subject();
  }
}
