import dev.glia.activation.LeakyRelu;
import dev.glia.compute.KernelChoice;
import dev.glia.inspection.GradientCheck;
import dev.glia.layer.Dense;
import dev.glia.layer.Layer;
import dev.glia.layer.Noise;
import dev.glia.layer.Pass;
import dev.glia.layer.Place;
import dev.glia.model.Experiment;
import dev.glia.model.Recipe;
import dev.glia.model.Trained;
import dev.glia.source.Moons;
import dev.glia.table.Table;

// A layer of one's own: Gaussian noise on what goes through it while the network learns.
//
//   java @examples/jvm examples/CustomLayer.java
//
// It trains the second article's network with it, and checks its gradients.

void main() {
  Dense hidden = new Dense(16, new LeakyRelu(0.05));
  Recipe article = Recipe.named("moons");
  Recipe recipe =
      article
          .withHidden(List.of(hidden, new GaussianNoise(0.1), hidden))
          .withTraining(article.training().withEpochs(4000));
  Table moons = Moons.article().generate();
  Experiment experiment = new Experiment(recipe, recipe.split(moons));

  GradientCheck.run(
          experiment.untrained().network(),
          experiment.trainExamples(),
          recipe.training().loss(),
          KernelChoice.AUTO)
      .forEach(c -> IO.println("layer " + (c.layer() + 1) + " " + c.name() + " " + c.isRight()));

  Trained trained = experiment.train();
  IO.println("test accuracy " + trained.result().test().accuracy());
}

/**
 * Adds noise of a standard deviation. To the parser it has no name: a model with it is used in the
 * program that trained it.
 */
record GaussianNoise(double deviation) implements Layer {

  @Override
  public String name() {
    return "gaussian_noise(" + deviation + ")";
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public boolean onlyInTraining() {
    return true;
  }

  /** On the float rows of a batch, {@code [capacity][stride]}. */
  @Override
  public Pass pass(Place place) {
    int stride = place.outStride();
    return new Pass() {
      @Override
      public void forward(float[] parameters, int from, int to) {
        for (int row = from; row < to; row++) {
          for (int unit = 0; unit < place.outputs(); unit++) {
            float noise = (float) (deviation * Noise.normal(place.noise(), row, unit));
            place.out()[row * stride + unit] = place.in()[row * stride + unit] + noise;
          }
        }
      }

      // What is added does not depend on what comes in: the gradient goes through as it is.
      @Override
      public void backward(float[] parameters, int from, int to) {
        if (place.wantsInGradient()) {
          int count = (to - from) * stride;
          System.arraycopy(
              place.outGradient(), from * stride, place.inGradient(), from * stride, count);
        }
      }
    };
  }

  /** The same in doubles, {@code [rows][inputs]}: what its gradients are checked against. */
  @Override
  public double[][] textbook(double[][] x, Numbers arrays, Batch batch) {
    double[][] y = new double[x.length][];
    for (int row = 0; row < x.length; row++) {
      y[row] = x[row].clone();
      for (int unit = 0; unit < y[row].length && batch.training(); unit++) {
        y[row][unit] += deviation * Noise.normal(batch.noise(), row, unit);
      }
    }
    return y;
  }
}
