package dev.glia.bench;

import dev.glia.initializer.Initializer;
import dev.glia.layer.Layer;
import dev.glia.model.Experiment;
import dev.glia.model.Recipe;
import dev.glia.network.Architecture;
import dev.glia.network.Network;
import dev.glia.network.Predictor;
import dev.glia.random.RandomState;
import dev.glia.source.Moons;
import dev.glia.training.Cancellation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whole networks: an update of the second article's, a prediction of the first's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NetworkBenchmark {

  private static final int UPDATES = 2_000;

  private Predictor predictor;
  private float[] image; // [784]
  private float[] outputs; // [10]

  /** An untrained 784-16-10 network and a random image. */
  @Setup
  public void prepare() {
    Architecture architecture = new Architecture(784, Layer.parseAll("16:relu,10:sigmoid"));
    RandomState random = new RandomState(0);
    predictor = Network.initialize(architecture, new Initializer.He(), random).predictor();
    image = new float[784];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.randomSample();
    }
    outputs = new float[10];
  }

  /** One image through 784-16-10. */
  @Benchmark
  public float[] predictOne() {
    predictor.predict(image, outputs);
    return outputs;
  }

  /** One full-batch update of 2-16-16-1 on 150 rows; set-up and two evaluations shared out. */
  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public double moonsUpdate() {
    Recipe recipe = Recipe.named("moons");
    recipe = recipe.withTraining(recipe.training().withEpochs(UPDATES).withLogEvery(UPDATES));
    return new Experiment(recipe, recipe.split(Moons.article().generate()))
        .train(new Cancellation())
        .result()
        .train()
        .loss();
  }
}
