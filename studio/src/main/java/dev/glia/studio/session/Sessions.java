package dev.glia.studio.session;

import dev.glia.studio.http.Refusal;
import dev.glia.studio.run.Owner;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.Status;
import dev.glia.studio.settings.DataSets;
import dev.glia.studio.settings.Demand;
import dev.glia.studio.settings.RunLimits;
import dev.glia.studio.settings.Settings;
import dev.glia.table.Table;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All runs of a studio: bounded in number, in memory and in the time that nobody asks for them.
 *
 * <p>A page that leaves says so; a run that nobody asks for again then ends a minute later. One
 * that nobody has asked for during ten minutes ends in any case. Runs of the command stay.
 *
 * <p>Where there is no room for another run, those make it whose page has left, then those with
 * which nothing is lost: they have not trained, or their model as it is was taken away. A model
 * that somebody trained and still has on a page is never dropped for another run, which is refused.
 */
public final class Sessions implements AutoCloseable {

  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final Duration RELOAD = Duration.ofSeconds(5); // a page comes back by then
  private static final Duration SWEEP = Duration.ofSeconds(5);
  private static final int NAMED = 3; // runs that could be closed
  private static final double HEAP_SHARE = 0.6; // of the memory, for all runs together

  private final DataSets sets;
  private final InstantSource clock;
  private final int most;
  private final long mostBytes;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final SpareHeap spare = new SpareHeap();

  /** A run, and who asks for it. */
  private static final class Entry {
    private final Session session;
    private Instant asked; // last
    private @Nullable Instant left; // its page did, and nobody has asked since

    Entry(Session session, Instant asked) {
      this.session = session;
      this.asked = asked;
    }

    boolean isOver(Instant now) {
      if (session.owner() == Owner.COMMAND) {
        return false;
      }
      Instant gone = left;
      return !now.isBefore(asked.plus(IDLE)) || (gone != null && !now.isBefore(gone.plus(GRACE)));
    }

    /** Whether its page has left, and not to be loaded again. */
    boolean hasLeft(Instant now) {
      Instant gone = left;
      return gone != null && !now.isBefore(gone.plus(RELOAD));
    }

    /** Such as {@code moons (finished)}. */
    String inWords() {
      return session.settings().dataName() + " (" + States.word(session.status()) + ")";
    }

    /** Whether it stands still with a model that its user would lose. */
    boolean isKept() {
      return session.status() != Status.RUNNING && session.hasWork();
    }

    /** Whether nobody loses anything if it ends. */
    boolean canEnd(Instant now) {
      boolean idle = session.status() != Status.RUNNING && !session.hasWork();
      return session.owner() == Owner.PAGE && (idle || hasLeft(now));
    }
  }

  /** Runs of a studio whose downloaded data sets lie in a folder. */
  public Sessions(DataSets sets) {
    this(
        sets,
        InstantSource.system(),
        RunLimits.SESSIONS,
        (long) (HEAP_SHARE * Runtime.getRuntime().maxMemory()));
    Thread.ofVirtual().name("glia-sessions").start(this::sweepUntilClosed);
  }

  /** Runs by a clock of one's own, which end only when {@link #sweep} is called. */
  Sessions(DataSets sets, InstantSource clock, int most, long mostBytes) {
    this.sets = sets;
    this.clock = clock;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** The downloaded data sets. */
  public DataSets sets() {
    return sets;
  }

  /**
   * A new run, ready to begin.
   *
   * @throws Refusal if there are too many
   * @throws IllegalArgumentException if the settings are wrong, do not go together or are too much
   * @throws IOException if a downloaded data set cannot be read
   */
  public Session open(Map<String, String> given, Owner owner) throws IOException {
    return open(Settings.of(given, sets), owner);
  }

  /** A new run with settings that were read. */
  public Session open(Settings settings, Owner owner) {
    makeRoom(settings.demand(), null);
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    Session session = new Session(id, settings, owner, sets, () -> threadsFor(id));
    synchronized (entries) {
      try {
        makeRoom(settings.demand(), null); // others may have come in the meantime
      } catch (Refusal e) {
        session.close();
        throw e;
      }
      entries.put(id, new Entry(session, clock.instant()));
    }
    return session;
  }

  /**
   * Restarts a run with other settings.
   *
   * @throws Refusal if all runs together would need too much memory
   */
  void reset(Session session, Map<String, String> given) throws IOException {
    Settings settings = session.settings(given);
    makeRoom(settings.demand(), session);
    session.reset(settings);
    spare.released();
  }

  /**
   * Trains a run on from a moment.
   *
   * @param moment how many updates it had; null for now
   * @param given all settings; null for the same as before
   * @throws Refusal if all runs together would need too much memory
   */
  void fork(Session session, @Nullable Integer moment, @Nullable Map<String, String> given)
      throws IOException {
    Settings settings = session.forkSettings(given);
    makeRoom(settings.demand(), session);
    session.forkWith(moment, settings);
  }

  /** Ends runs that nobody needs until one more fits; {@code replaced} will not count. */
  private void makeRoom(Demand demand, @Nullable Session replaced) {
    demand.checkFits(mostBytes);
    synchronized (entries) {
      sweep();
      Instant now = clock.instant();
      while (!fits(demand.bytes(), replaced)) {
        Entry idle =
            entries.values().stream()
                .filter(entry -> entry.session != replaced && entry.canEnd(now))
                .min(
                    Comparator.comparing((Entry entry) -> !entry.hasLeft(now))
                        .thenComparing(entry -> entry.asked))
                .orElseThrow(this::full);
        end(idle);
      }
    }
  }

  private Refusal full() {
    long kept = entries.values().stream().filter(Entry::isKept).count();
    String oldest =
        entries.values().stream()
            .filter(entry -> entry.session.owner() == Owner.PAGE)
            .sorted(Comparator.comparing(entry -> entry.asked))
            .limit(NAMED)
            .map(Entry::inWords)
            .collect(Collectors.joining(" or "));
    return new Refusal(
        503,
        "The studio has no room for another run: %d train, %d have trained a model that nobody has taken away. Close a page that is not needed any more%s, and try again after a few seconds."
            .formatted(running(), kept, oldest.isEmpty() ? "" : ", such as that of " + oldest));
  }

  private boolean fits(long bytes, @Nullable Session replaced) {
    long all = bytes;
    int count = 1;
    for (Entry entry : entries.values()) {
      if (entry.session != replaced) {
        all += entry.session.settings().demand().bytes();
        count++;
      }
    }
    return count <= most && all <= mostBytes;
  }

  private void end(Entry entry) {
    entries.remove(entry.session.id());
    entry.session.close();
    spare.released();
  }

  /**
   * A run that somebody asks for.
   *
   * @throws Refusal if it has ended
   */
  public Session get(String id) {
    synchronized (entries) {
      Entry entry = entry(id);
      entry.asked = clock.instant();
      entry.left = null;
      return entry.session;
    }
  }

  /** A run that is watched by a stream, which does not say that its page is still there. */
  Session watched(String id) {
    synchronized (entries) {
      Entry entry = entry(id);
      entry.asked = clock.instant();
      return entry.session;
    }
  }

  /** A page has left: the run ends in a minute if nobody asks for it again. */
  void leave(String id) {
    synchronized (entries) {
      entry(id).left = clock.instant();
    }
  }

  private Entry entry(String id) {
    return Optional.ofNullable(entries.get(id)).orElseThrow(Session::gone);
  }

  /** How many there are. */
  int count() {
    synchronized (entries) {
      return entries.size();
    }
  }

  /** How many train. */
  int running() {
    synchronized (entries) {
      return (int)
          entries.values().stream()
              .filter(entry -> entry.session.status() == Status.RUNNING)
              .count();
    }
  }

  /** Threads for a training that begins: the processors, shared among those that train. */
  private int threadsFor(String id) {
    long others;
    synchronized (entries) {
      others =
          entries.values().stream()
              .filter(e -> !e.session.id().equals(id) && e.session.status() == Status.RUNNING)
              .count();
    }
    return (int) Math.max(1, Runtime.getRuntime().availableProcessors() / (1 + others));
  }

  /** Ends what nobody asks for any more. */
  void sweep() {
    synchronized (entries) {
      Instant now = clock.instant();
      entries.values().stream().filter(entry -> entry.isOver(now)).toList().forEach(this::end);
    }
  }

  private void sweepUntilClosed() {
    try {
      while (!closed.await(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
        sweep();
        if (spare.isDue()) {
          sets.keepOnly(dataInUse());
          spare.giveBack();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Table> dataInUse() {
    synchronized (entries) {
      return entries.values().stream().map(entry -> entry.session.settings().data()).toList();
    }
  }

  /** Ends all runs. */
  @Override
  public void close() {
    closed.countDown();
    synchronized (entries) {
      entries.values().stream().toList().forEach(this::end);
    }
  }
}
