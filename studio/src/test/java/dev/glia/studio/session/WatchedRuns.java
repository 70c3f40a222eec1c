package dev.glia.studio.session;

import com.sun.management.OperatingSystemMXBean;
import dev.glia.image.DataCache;
import dev.glia.internal.json.Json;
import dev.glia.model.Experiment;
import dev.glia.studio.http.FrameSource.Frame;
import dev.glia.studio.run.Owner;
import dev.glia.studio.run.Runs;
import dev.glia.studio.run.Session;
import dev.glia.studio.run.Status;
import dev.glia.studio.settings.DataSets;
import dev.glia.studio.settings.Settings;
import dev.glia.training.Cancellation;
import dev.glia.training.History;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Measures what watching costs: the same training by core alone, as a run that nobody watches, and
 * as one that is watched twelve times a second; in turn, so that a busy machine is busy for all.
 *
 * <p>Beside the time on the clock it says how long the training thread worked, which does not
 * depend on what else a machine does, and the whole process: where there is one core, its time
 * counts.
 *
 * <p>{@code WatchedRuns ROUNDS SETTINGS [DATA_DIR]}, such as {@code WatchedRuns 15 "data=moons"}.
 * At the end it says how long commands wait for their answers while such a run is watched.
 */
final class WatchedRuns {

  private static final Set<String> PARTS =
      Set.of("field", "units", "weights", "histograms", "predictions", "pictures");

  private WatchedRuns() {}

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    DataSets sets =
        args.length > 2 ? new DataSets(new DataCache(Path.of(args[2]))) : Runs.noDownloads();
    Settings settings = Settings.of(Runs.given(args.length > 1 ? args[1] : "data=moons"), sets);
    Map<String, List<double[]>> all = new TreeMap<>();
    AtomicInteger frames = new AtomicInteger();
    for (int round = -2; round < rounds; round++) { // the first two warm up
      double[] core = core(settings);
      double[] alone = run(settings, false, frames);
      double[] watched = run(settings, true, round < 0 ? new AtomicInteger() : frames);
      if (round >= 0) {
        all.computeIfAbsent("1 core alone", k -> new ArrayList<>()).add(core);
        all.computeIfAbsent("2 nobody watches", k -> new ArrayList<>()).add(alone);
        all.computeIfAbsent("3 watched", k -> new ArrayList<>()).add(watched);
      }
    }
    System.out.println("medians in seconds    clock  training thread  process");
    all.forEach((name, times) ->
        System.out.printf(
            Locale.ROOT,
            "%-18s %8.3f %16.3f %8.3f%n",
            name,
            median(times, 0),
            median(times, 1),
            median(times, 2)));
    System.out.printf(Locale.ROOT, "%.1f frames a run%n", frames.get() / (double) rounds);
    answers(settings);
    System.exit(0);
  }

  private static double median(List<double[]> times, int which) {
    double[] sorted = times.stream().mapToDouble(t -> t[which]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** The clock, a thread's work and the process's, since the last call; in nanoseconds. */
  private static double[] times(long thread) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new double[] {
      System.nanoTime(),
      ManagementFactory.getThreadMXBean().getThreadCpuTime(thread),
      system.getProcessCpuTime()
    };
  }

  private static double[] since(double[] began, long thread) {
    double[] now = times(thread);
    Arrays.setAll(now, i -> (now[i] - began[i]) / 1e9);
    return now;
  }

  private static double[] core(Settings settings) {
    Experiment experiment = new Experiment(settings.recipe(), settings.split());
    long thread = Thread.currentThread().threadId();
    double[] began = times(thread);
    experiment.train(new Cancellation(), new History());
    return since(began, thread);
  }

  private static double[] run(Settings settings, boolean watched, AtomicInteger count)
      throws InterruptedException {
    try (Sessions sessions = new Sessions(Runs.noDownloads())) {
      Session session = sessions.open(settings, Owner.PAGE);
      Runs.await(() -> !session.history().isEmpty());
      AtomicBoolean over = new AtomicBoolean();
      Thread watcher = Thread.ofVirtual().unstarted(() -> watch(sessions, session, over, count));
      if (watched) {
        watcher.start();
        Thread.sleep(100);
      }
      long thread = trainingThread(session);
      double[] began = times(thread);
      session.run();
      while (session.status() == Status.RUNNING) {
        Thread.sleep(1);
      }
      double[] times = since(began, thread);
      over.set(true);
      if (watched) {
        watcher.join();
      }
      return times;
    }
  }

  private static long trainingThread(Session session) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("glia-run-" + session.id()))
        .findFirst()
        .orElseThrow()
        .threadId();
  }

  private static void answers(Settings settings) throws InterruptedException {
    try (Sessions sessions = new Sessions(Runs.noDownloads())) {
      Session session = sessions.open(settings, Owner.PAGE);
      Runs.await(() -> !session.history().isEmpty());
      AtomicBoolean over = new AtomicBoolean();
      Thread watcher =
          Thread.ofVirtual().start(() -> watch(sessions, session, over, new AtomicInteger()));
      session.run();
      double[] ms = new double[100];
      for (int i = 0; i < ms.length; i++) {
        Thread.sleep(20);
        long began = System.nanoTime();
        switch (i % 4) {
          case 0 -> session.pause();
          case 1 -> session.step();
          default -> session.run();
        }
        ms[i] = (System.nanoTime() - began) / 1e6;
      }
      over.set(true);
      watcher.join();
      Arrays.sort(ms);
      System.out.printf(Locale.ROOT, "answers: median %.1f ms, longest %.1f ms%n", ms[50], ms[99]);
    }
  }

  /** As the server's stream does it. */
  private static void watch(
      Sessions sessions, Session session, AtomicBoolean over, AtomicInteger count) {
    Frames frames = new Frames(sessions);
    @Nullable Object mark = null;
    long due = System.nanoTime();
    byte[] sent = {};
    while (!over.get()) {
      due = Math.max(due, System.nanoTime() - 83_000_000) + 83_000_000;
      Frame frame = frames.next(session.id(), PARTS, mark);
      if (frame != null) {
        mark = frame.mark();
        sent = Json.write(frame.content()).getBytes(StandardCharsets.UTF_8);
        count.incrementAndGet();
      }
      try {
        Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        return;
      }
    }
    if (Arrays.hashCode(sent) == 0) {
      System.out.println(); // the bytes are used
    }
  }
}
