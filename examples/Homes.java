import dev.glia.activation.Relu;
import dev.glia.csv.Csv;
import dev.glia.layer.Dense;
import dev.glia.layer.Dropout;
import dev.glia.metric.Scores;
import dev.glia.model.Model;
import dev.glia.model.Recipe;
import dev.glia.model.Trained;
import dev.glia.optimizer.Adam;
import dev.glia.schedule.Cosine;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.stopping.Patience;
import dev.glia.task.Prediction;

// From a CSV file to a price: words, missing values and all.
//
//   java @examples/jvm examples/Homes.java
//
// The file, with rents of flats that nobody lives in, is written first.

void main() throws IOException {
  Path file = Path.of("runs", "homes", "homes.csv");
  write(file);

  Parts parts = Holdout.of(0.2, 0.2).split(Csv.read(file)); // train, validation, test
  Recipe recipe =
      Recipe.predict("price")
          .withLayers(new Dense(64, new Relu()), new Dropout(0.1), new Dense(64, new Relu()))
          .withOptimizer(new Adam())
          .withLearningRate(0.003)
          .withSchedule(new Cosine())
          .withEpochs(300)
          .withStopping(new Patience(30));
  Trained run = recipe.train(parts);
  Scores scores = run.model().evaluate(parts.test());
  IO.println("R2 over 0.9: " + (scores.r2() > 0.9));

  Path path = Path.of("runs", "homes", "model.safetensors");
  run.model().save(path);
  Model model = Model.load(path);
  Prediction home = model.predict(Map.of("area", 120, "city", "Rome", "balcony", true));
  IO.println("A home of 120 m2 in Rome costs about " + Math.round(home.value() / 1000) + ",000");
  IO.println(
      "a record says the same: "
          + (model.predict(new Home(true, "Rome", 120)).value() == home.value()));
}

/** Components may stand in any order: they are found by their names. */
record Home(boolean balcony, String city, double area) {}

/** 600 homes: 2,500 a square metre, 90,000 more in Rome, 20,000 for a balcony, and some noise. */
void write(Path file) throws IOException {
  Random random = new Random(1);
  List<String> lines = new ArrayList<>(List.of("area,balcony,city,price"));
  for (int row = 0; row < 600; row++) {
    int area = 30 + random.nextInt(170);
    int balcony = random.nextInt(2);
    String city = List.of("Oslo", "Rome", "Turin").get(random.nextInt(3));
    double price =
        2500 * area
            + 20_000 * balcony
            + (city.equals("Rome") ? 90_000 : 0)
            + 10_000 * random.nextGaussian();
    String known = random.nextInt(10) == 0 ? "" : String.valueOf(balcony); // not always known
    lines.add("%d,%s,%s,%d".formatted(area, known, city, Math.round(price)));
  }
  Files.createDirectories(file.getParent());
  Files.write(file, lines);
}
