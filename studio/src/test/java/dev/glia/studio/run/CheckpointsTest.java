package dev.glia.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.layer.Layer;
import dev.glia.network.Architecture;
import dev.glia.optimizer.OptimizerMemory;
import dev.glia.optimizer.Sgd;
import dev.glia.random.RandomState;
import dev.glia.training.Checkpoint;
import dev.glia.training.TrainingOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointsTest {

  private static final Architecture ARCHITECTURE = new Architecture(2, Layer.parseAll("1:sigmoid"));

  private static Checkpoint after(long updates) {
    TrainingOptions options = TrainingOptions.defaults().withOptimizer(new Sgd());
    return new Checkpoint(
        ARCHITECTURE,
        options,
        new float[ARCHITECTURE.paddedLength()],
        OptimizerMemory.before(options.optimizer(), ARCHITECTURE.paddedLength()),
        0,
        new RandomState(0),
        new int[4],
        0,
        0,
        updates,
        0);
  }

  private static List<Long> kept(Checkpoints moments) {
    return moments.all().stream().map(Checkpoint::updates).toList();
  }

  private static void train(Checkpoints moments, long from, long to) {
    for (long updates = from; updates <= to; updates++) {
      if (moments.due(updates)) {
        moments.add(after(updates));
      }
    }
  }

  @Test
  void keepsEveryUpdateAtFirstAndThenEverySecond() {
    Checkpoints moments = new Checkpoints(5, Long.MAX_VALUE);
    train(moments, 0, 4);
    assertThat(kept(moments)).containsExactly(0L, 1L, 2L, 3L, 4L);
    train(moments, 5, 7);
    assertThat(kept(moments)).containsExactly(0L, 2L, 4L, 6L);
    train(moments, 8, 100);
    assertThat(kept(moments)).containsExactly(0L, 32L, 64L, 96L);
    assertThat(moments.at(64)).isNotNull();
    assertThat(moments.at(63)).isNull();
  }

  @Test
  void theLatestIsThereUntilALaterOneComes() {
    Checkpoints moments = new Checkpoints(4, Long.MAX_VALUE);
    train(moments, 0, 40);
    moments.add(after(41));
    moments.add(after(41)); // paused twice
    assertThat(kept(moments)).startsWith(0L).endsWith(41L);
    moments.add(after(43));
    assertThat(kept(moments)).startsWith(0L).endsWith(43L).doesNotContain(41L);
    train(moments, 44, 64);
    assertThat(kept(moments)).doesNotContain(43L).endsWith(64L);
  }

  @Test
  void staysWithinItsBytesButKeepsTheFirstAndTheLast() {
    long bytes = after(0).bytes();
    Checkpoints moments = new Checkpoints(200, 3 * bytes);
    train(moments, 0, 1000);
    assertThat(moments.bytes()).isEqualTo(moments.count() * bytes).isLessThanOrEqualTo(3 * bytes);
    assertThat(kept(moments)).containsExactly(0L, 512L, 768L);
    Checkpoints tiny = new Checkpoints(200, 1);
    train(tiny, 0, 100);
    assertThat(kept(tiny)).containsExactly(0L, 64L);
  }

  @Test
  void aForkTakesOverWhatCameBefore() {
    Checkpoints moments = new Checkpoints(8, Long.MAX_VALUE);
    train(moments, 0, 7);
    Checkpoints forked = moments.upTo(after(5));
    assertThat(kept(forked)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    train(forked, 6, 6);
    assertThat(kept(forked)).endsWith(5L, 6L);
    assertThat(kept(moments)).endsWith(7L);
  }
}
