import dev.glia.activation.Elementwise;
import dev.glia.compute.KernelChoice;
import dev.glia.inspection.GradientCheck;
import dev.glia.layer.Dense;
import dev.glia.model.Experiment;
import dev.glia.model.Recipe;
import dev.glia.source.Moons;
import dev.glia.table.Table;

// An activation of one's own: Mish.
//
//   java @examples/jvm examples/CustomActivation.java
//
// It trains the second article's network with it, and checks its gradients.

void main() {
  Dense hidden = new Dense(16, new Mish());
  Recipe article = Recipe.named("moons");
  Recipe recipe = article.withLayers(hidden, hidden).withEpochs(4000);
  Table moons = Moons.article().generate();
  Experiment experiment = new Experiment(recipe, recipe.split(moons));

  GradientCheck.run(
          experiment.untrained().network(),
          experiment.trainExamples(),
          recipe.training().loss(),
          KernelChoice.AUTO)
      .forEach(c -> IO.println("layer " + (c.layer() + 1) + " " + c.name() + " " + c.isRight()));

  IO.println("test accuracy " + experiment.train().result().test().accuracy());
}

/**
 * {@code f(z) = z * tanh(ln(1 + exp(z)))} (Misra, 2019): its value and its derivative are all it
 * needs. Fast functions of whole rows can be added: see {@code Gelu}.
 */
record Mish() implements Elementwise {

  @Override
  public String name() {
    return "mish";
  }

  /** StrictMath gives the same bits on every machine. */
  @Override
  public double value(double z) {
    return z * StrictMath.tanh(softplus(z));
  }

  @Override
  public double derivative(double z) {
    double t = StrictMath.tanh(softplus(z));
    return t + z * (1 - t * t) / (1 + StrictMath.exp(-z));
  }

  private static double softplus(double z) {
    return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
  }
}
