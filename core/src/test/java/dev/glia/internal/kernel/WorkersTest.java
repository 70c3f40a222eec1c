package dev.glia.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60) // a worker that is not woken waits for ever
class WorkersTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void everyShareIsDoneOnce(int count) {
    try (Workers workers = new Workers(count)) {
      assertThat(workers.count()).isEqualTo(count);
      AtomicIntegerArray runs = new AtomicIntegerArray(count);
      for (int round = 0; round < 10_000; round++) {
        workers.run((share, of) -> {
          assertThat(of).isEqualTo(count);
          runs.incrementAndGet(share);
        });
        for (int share = 0; share < count; share++) {
          assertThat(runs.get(share)).as("run returns when all are done").isEqualTo(round + 1);
        }
      }
    }
  }

  /** Each share waits for the others, so that no thread can do two. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void sharesRunAtTheSameTimeOnThreadsOfTheirOwn(int count) {
    try (Workers workers = new Workers(count)) {
      Set<Thread> threads = meet(workers);
      assertThat(threads).hasSize(count).contains(Thread.currentThread());
    }
  }

  private static Set<Thread> meet(Workers workers) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CyclicBarrier barrier = new CyclicBarrier(workers.count());
    workers.run((share, of) -> {
      threads.add(Thread.currentThread());
      try {
        barrier.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
    });
    return threads;
  }

  @Test
  void workersThatFellAsleepAreWoken() {
    try (Workers workers = new Workers(2)) {
      for (int round = 0; round < 5; round++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // longer than they spin
        boolean[] done = new boolean[2];
        workers.run((worker, count) -> done[worker] = true);
        assertThat(done).containsOnly(true);
      }
    }
  }

  /** Plain memory: what one task wrote, the next one and the caller see. */
  @Test
  void whatATaskWroteTheNextOneSees() {
    try (Workers workers = new Workers(3)) {
      int[] values = new int[3];
      for (int round = 0; round < 1000; round++) {
        int[] before = values.clone();
        workers.run((worker, count) -> values[worker] = before[(worker + 1) % count] + 1);
        for (int worker = 0; worker < 3; worker++) {
          assertThat(values[worker]).isEqualTo(before[(worker + 1) % 3] + 1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void anExceptionOfAnyShareComesOutWhenAllAreDone(int failing) {
    try (Workers workers = new Workers(3)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(3);
      assertThatThrownBy(() ->
              workers.run((share, count) -> {
                runs.incrementAndGet(share);
                failIf(share == failing);
              }))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThat(runs.toString()).isEqualTo("[1, 1, 1]");
    }
  }

  @Test
  void aFailureIsNotToldAgainByTheNextRun() {
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(() -> workers.run((worker, count) -> failIf(true)))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatCode(() -> workers.run((worker, count) -> {})).doesNotThrowAnyException();
    }
  }

  private static void failIf(boolean failing) {
    if (failing) {
      throw new UnsupportedOperationException("on purpose");
    }
  }

  @Test
  void closeEndsTheThreadsAwakeOrAsleep() throws InterruptedException {
    for (int pause : new int[] {0, 20}) {
      Set<Thread> threads;
      try (Workers workers = new Workers(3)) {
        threads = meet(workers);
        Thread.sleep(pause);
      }
      threads.remove(Thread.currentThread());
      assertThat(threads).hasSize(2);
      for (Thread thread : threads) {
        assertThat(thread.isDaemon()).isTrue();
        thread.join();
      }
    }
  }

  @Test
  void aClosedSetRefusesToRun() {
    Workers workers = new Workers(2);
    workers.close();
    assertThatThrownBy(() -> workers.run((worker, count) -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended");
  }
}
