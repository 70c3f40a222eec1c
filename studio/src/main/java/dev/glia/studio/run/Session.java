package dev.glia.studio.run;

import dev.glia.model.Experiment;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.split.Parts;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.run.Controls.Goal;
import dev.glia.studio.settings.DataChoice;
import dev.glia.studio.settings.DataSets;
import dev.glia.studio.settings.RunLimits;
import dev.glia.studio.settings.Settings;
import dev.glia.studio.view.Subject;
import dev.glia.training.Checkpoint;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingListener;
import dev.glia.training.TrainingResult;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private final String id;
  private final Owner owner;
  private final DataSets sets;
  private final IntSupplier threads; // how many a training that begins now may use
  private final Controls controls;
  private final Audience audience = new Audience();
  private volatile @Nullable Place taken; // where its model was taken away last

  /**
   * A run that is ready to begin.
   *
   * @param threads how many a training that begins now may use
   * @throws IllegalArgumentException if recipe and data do not go together
   */
  public Session(String id, Settings settings, Owner owner, DataSets sets, IntSupplier threads) {
    this.id = id;
    this.owner = owner;
    this.sets = sets;
    this.threads = threads;
    Timeline timeline = Timeline.begin(settings, threads.getAsInt());
    controls = new Controls(timeline, timeline.start());
    Thread.ofPlatform()
        .daemon()
        .name("glia-run-" + id)
        .start(new TrainingThread(controls, audience));
  }

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
    return controls.timeline().settings();
  }

  /** What is trained. */
  public Recipe recipe() {
    return controls.timeline().recipe();
  }

  /** The data in its parts. */
  public Parts split() {
    return controls.timeline().split();
  }

  /** Recipe, data and scaler together. */
  public Experiment experiment() {
    return controls.timeline().experiment();
  }

  /** How it is. */
  public Status status() {
    return controls.status();
  }

  /** What is wrong with a run that failed; null if nothing is. */
  public @Nullable String error() {
    return controls.view().error();
  }

  /** How many threads the training uses. */
  public int threads() {
    return controls.timeline().threads();
  }

  /**
   * Trains to the end and tells of it, from the beginning.
   *
   * @throws dev.glia.training.DivergedException if it fails
   */
  public TrainingResult train(TrainingListener listener) throws InterruptedException {
    audience.join(listener);
    run();
    return audience.await();
  }

  /** The logged epochs so far, as {@code glia train} tells of them. */
  public List<EpochFinished> history() {
    return controls.timeline().history().all();
  }

  /** After how many updates it was forked, once a fork. */
  public List<Long> forks() {
    return controls.timeline().branches().stream().map(Timeline.Branch::from).toList();
  }

  /**
   * The model as of a moment, or as it is now.
   *
   * @param moment how many updates it had; null for now
   * @throws Refusal if the moment is gone
   */
  public Model model(@Nullable Integer moment) {
    return state(moment).model();
  }

  /**
   * Where the training was at a moment, or is now.
   *
   * @param moment how many updates it had; null for now
   * @throws Refusal if the moment is gone
   */
  public TrainingState state(@Nullable Integer moment) {
    while (true) {
      Timeline current = controls.timeline();
      Checkpoint checkpoint = checkpoint(moment);
      if (current == controls.timeline()) {
        return new TrainingState(
            current.recipe(),
            current.split(),
            current.experiment(),
            checkpoint,
            current.subject(),
            current.history().first(current.history().countTo(checkpoint.updates())),
            moment == null && status() == Status.FINISHED);
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
    return moment == null ? controls.checkpoint() : controls.timeline().moment(moment);
  }

  /** Trains to the end of the last epoch. */
  public void run() {
    controls.go(Goal.ALL);
  }

  /** Trains to the end of the running epoch. */
  public void epoch() {
    controls.go(Goal.EPOCH);
  }

  /** Does one update. */
  public void step() {
    controls.go(Goal.UPDATE);
  }

  /** Stops after the running update. */
  public void pause() {
    controls.pause();
  }

  /** How fast it goes; null for as fast as it can. */
  public void speed(@Nullable Double updatesPerSecond) {
    controls.speed(updatesPerSecond == null ? Speed.FULL : Speed.of(updatesPerSecond));
  }

  /** Goes at the second article's pace. */
  public void articleSpeed() {
    controls.speed(Speed.ARTICLE);
  }

  /** Starts again with the same settings. */
  public void reset() {
    reset(controls.timeline().again(threads.getAsInt()));
  }

  /**
   * Starts again with other settings.
   *
   * @throws IllegalArgumentException if they do not go together
   */
  public void reset(Settings settings) {
    reset(Timeline.begin(settings, threads.getAsInt()));
  }

  private void reset(Timeline fresh) {
    controls.replace(fresh, fresh.start(), Status.READY);
  }

  /**
   * The settings that a page of this run gives.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  public Settings settings(Map<String, String> given) throws IOException {
    return Settings.of(withCsv(given), sets);
  }

  /** A page does not send a file a second time. */
  private Map<String, String> withCsv(Map<String, String> given) {
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
    forkWith(moment, forkSettings(given));
  }

  /**
   * The settings that a fork has.
   *
   * @param given all settings; null for the same as before
   * @throws IllegalArgumentException if one is wrong or cannot change
   */
  public Settings forkSettings(@Nullable Map<String, String> given) throws IOException {
    return given == null ? settings() : settings().forked(withCsv(given), sets);
  }

  /** Trains on from a moment, with settings that were read. */
  public void forkWith(@Nullable Integer moment, Settings settings) {
    Timeline current = controls.timeline();
    if (current.branches().size() >= RunLimits.FORKS) {
      throw new Refusal(
          409,
          "This run has been forked %d times, and keeps what each line did: restart it to go on."
              .formatted(RunLimits.FORKS));
    }
    Checkpoint from = moment == null ? controls.checkpoint() : current.moment(moment);
    Timeline forked = current.fork(settings, threads.getAsInt(), from);
    controls.replace(forked, forked.start(), Status.RUNNING);
  }

  /** What is said of a run that is not there any more. */
  public static Refusal gone() {
    return new Refusal(
        404, "This run has ended: nobody asked for it for a while, or others needed its place.");
  }

  /** Its model as it is now is with the user. */
  public void taken() {
    taken = where();
  }

  /** Whether it has trained a model that its user has not taken away. */
  public boolean hasWork() {
    return controls.view().sample().updates() > 0 && !where().equals(taken);
  }

  private Place where() {
    RunView view = controls.view();
    return new Place(view.timeline(), view.sample().updates());
  }

  /** A moment of a line, which is equal to itself alone. */
  private record Place(Timeline timeline, long updates) {}

  /** Ends the run and its thread. */
  public void close() {
    controls.close();
  }

  /** What is to be seen now, without asking for anything newer. */
  public RunView view() {
    return controls.view();
  }

  /** What is to be seen now; of a run that trains no older than a glance takes. */
  public RunView glance() {
    return controls.glance();
  }

  /** What can be drawn of its data. */
  public Subject subject() {
    return controls.timeline().subject();
  }
}
