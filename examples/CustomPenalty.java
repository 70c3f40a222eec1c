import dev.glia.model.Recipe;
import dev.glia.model.Trained;
import dev.glia.penalty.Penalty;
import dev.glia.source.Moons;
import dev.glia.table.Table;

// A penalty of one's own: the elastic net, a mixture of L1 and L2.
//
//   java @examples/jvm examples/CustomPenalty.java
//
// It trains the second article's network with and without it, and counts the weights near 0.

void main() {
  Recipe article = Recipe.named("moons");
  Recipe plain = article.withTraining(article.training().withEpochs(4000));
  Recipe net = plain.withTraining(plain.training().withPenalty(new ElasticNet(0.002, 0.8)));
  Table moons = Moons.article().generate();
  for (Recipe recipe : List.of(plain, net)) {
    Trained trained = recipe.train(recipe.split(moons));
    int small = 0;
    for (float weight : trained.model().network().array(1, "weight")) {
      small += Math.abs(weight) < 0.01 ? 1 : 0;
    }
    IO.println(
        "%d of 256 weights are near 0, test accuracy %s"
            .formatted(small, trained.result().test().accuracy()));
  }
}

/**
 * Zou and Hastie (2005), as scikit-learn's {@code ElasticNet} has it: {@code factor * (share * |p|
 * + (1 - share) / 2 * p^2)}.
 */
record ElasticNet(double factor, double share) implements Penalty {

  @Override
  public String name() {
    return "elastic_net(" + factor + "," + share + ")";
  }

  /** What it adds to the loss: an optimizer that asks for the loss again wants to know. */
  @Override
  public double value(double decay, float[] parameters, int from, int to) {
    double value = 0;
    for (int i = from; i < to; i++) {
      double p = parameters[i];
      value += share * Math.abs(p) + (1 - share) / 2 * p * p;
    }
    return factor * decay * value;
  }

  /** Its gradient is added to the loss's; where p is 0 it is 0. */
  @Override
  public void addGradient(double decay, float[] parameters, float[] gradients, int from, int to) {
    float l1 = (float) (factor * decay * share);
    float l2 = (float) (factor * decay * (1 - share));
    for (int i = from; i < to; i++) {
      gradients[i] += l1 * Math.signum(parameters[i]) + l2 * parameters[i];
    }
  }
}
