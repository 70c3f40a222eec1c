import dev.glia.activation.Tanh;
import dev.glia.layer.Dense;
import dev.glia.loss.Loss;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.optimizer.Adam;
import dev.glia.random.RandomState;
import dev.glia.schedule.Cosine;
import dev.glia.split.Holdout;
import dev.glia.table.DenseMatrix;
import dev.glia.table.Numbers;
import dev.glia.table.Table;

// A loss of one's own: the pinball loss, whose least value is at a quantile.
//
//   java @examples/jvm examples/CustomLoss.java
//
// It learns the lines under which half and nine of ten trips lie, and counts those that do.

void main() {
  Table trips = trips(2000);
  Recipe recipe =
      Recipe.predict("minutes")
          .withHoldout(Holdout.of(0, 0))
          .withLayers(new Dense(16, new Tanh()))
          .withOptimizer(new Adam())
          .withLearningRate(0.01)
          .withSchedule(new Cosine())
          .withEpochs(200);
  for (double share : new double[] {0.5, 0.9}) {
    Recipe quantile = recipe.withTraining(recipe.training().withLoss(new Pinball(share)));
    Model model = quantile.train(quantile.split(trips)).model();
    int under = 0;
    Numbers minutes = (Numbers) trips.column("minutes");
    for (int row = 0; row < trips.rows(); row++) {
      double distance = ((Numbers) trips.column("km")).get(row);
      under += minutes.get(row) <= model.predict(Map.of("km", distance)).value() ? 1 : 0;
    }
    IO.println(
        "%d %% of the trips take no longer than the network says"
            .formatted(Math.round(under / 20.0)));
  }
}

/** Trips of 1 to 20 km, three minutes a kilometre, and late by more the farther they go. */
Table trips(int rows) {
  RandomState random = new RandomState(7);
  double[] km = new double[rows];
  double[] minutes = new double[rows];
  for (int row = 0; row < rows; row++) {
    km[row] = random.uniform(1, 20);
    minutes[row] = 3 * km[row] + Math.abs(random.normal(0, km[row]));
  }
  Numbers target = new Numbers("minutes", minutes);
  return Table.of("trips", List.of("km"), new DenseMatrix(rows, 1, km), target);
}

/**
 * Koenker and Bassett (1978), as scikit-learn's {@code mean_pinball_loss}: what lies above costs
 * {@code share} a unit, what lies below {@code 1 - share}.
 */
record Pinball(double share) implements Loss {

  @Override
  public String name() {
    return "pinball(" + share + ")";
  }

  @Override
  public double value(double[] a, double[] y) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double above = y[i] - a[i];
      sum += above > 0 ? share * above : (share - 1) * above;
    }
    return sum;
  }

  @Override
  public double derivative(double a, double y) {
    return y > a ? -share : 1 - share;
  }

  /** The mean over all outputs of all rows. */
  @Override
  public double scale(int rows, int outputs) {
    return 1.0 / ((long) rows * outputs);
  }
}
