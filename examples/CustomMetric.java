import dev.glia.metric.Metric;
import dev.glia.metric.Outcomes;
import dev.glia.metric.Scores;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.model.Trained;
import dev.glia.source.Moons;
import dev.glia.split.Parts;
import dev.glia.stopping.Patience;
import dev.glia.table.Table;

// A metric of one's own: the F1 score, which a class with few rows counts in as much as others.
//
//   java @examples/jvm examples/CustomMetric.java
//
// It goes by the metric to stop, too, and asks a model for it that is trained already.

void main() {
  // Two moons, of one of which only every fifth point was found.
  Table moons = new Moons(1000, 0.3, false, 0).generate();
  int[] rows = IntStream.range(0, 1000).filter(i -> i < 500 || i % 5 == 0).toArray();
  Recipe recipe =
      Recipe.predict("label").withMetrics(new F1()).withStopping(new Patience(20, 0, "f1"));
  Parts parts = recipe.split(moons.select(rows));
  Trained run = recipe.train(parts);
  IO.println(run.result().test().named("test_").keySet());
  Model model = run.model();
  Scores scores = model.evaluate(parts.test(), new F1());
  IO.println("accuracy %.2f".formatted(scores.accuracy()));
  IO.println("F1 %.2f".formatted(scores.metrics().getFirst().value()));
}

/**
 * The mean over the classes of the harmonic mean of precision and recall, as scikit-learn's {@code
 * f1_score} with {@code average="macro"}; 0 for a class that is neither there nor predicted.
 */
record F1() implements Metric {

  @Override
  public String name() {
    return "f1";
  }

  @Override
  public double of(Outcomes outcomes) {
    int classes = outcomes.classes();
    int[] right = new int[classes];
    int[] there = new int[classes]; // rows of the class and rows taken for it
    for (int row = 0; row < outcomes.rows(); row++) {
      int label = outcomes.label(row);
      int decision = outcomes.decision(row);
      right[label] += label == decision ? 1 : 0;
      there[label]++;
      there[decision]++;
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += there[c] == 0 ? 0 : 2.0 * right[c] / there[c];
    }
    return sum / classes;
  }
}
