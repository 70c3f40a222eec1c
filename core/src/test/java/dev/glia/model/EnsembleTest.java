package dev.glia.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.compute.Compute;
import dev.glia.compute.KernelChoice;
import dev.glia.layer.Layer;
import dev.glia.metric.Scores;
import dev.glia.network.Network;
import dev.glia.preprocessing.Preprocessing;
import dev.glia.preprocessing.Scaler;
import dev.glia.split.Parts;
import dev.glia.stopping.Best;
import dev.glia.table.Categories;
import dev.glia.table.InvalidDataException;
import dev.glia.table.Numbers;
import dev.glia.table.Table;
import dev.glia.task.Classification;
import dev.glia.task.Regression;
import dev.glia.training.Cancellation;
import dev.glia.training.History;
import dev.glia.training.TrainingEvent;
import dev.glia.training.TrainingEvent.EpochFinished;
import dev.glia.training.TrainingEvent.Finished;
import dev.glia.training.TrainingEvent.OfMember;
import dev.glia.training.TrainingListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models that average several networks: how these are trained, saved, and asked. */
class EnsembleTest {

  private static final int ROWS = 90;

  private static Table table(boolean classes) {
    double[] x = IntStream.range(0, ROWS).mapToDouble(i -> Math.sin(i * 1.7) * 3).toArray();
    x[5] = Double.NaN;
    double[] y = IntStream.range(0, ROWS).mapToDouble(i -> Math.cos(i * 0.9)).toArray();
    int[] words = IntStream.range(0, ROWS).map(i -> i * 7 % 11 % 3).toArray();
    int[] kinds = IntStream.range(0, ROWS).map(i -> (x[i] * y[i] > 0 ? 1 : 0) + i % 2).toArray();
    double[] sums = IntStream.range(0, ROWS).mapToDouble(i -> 100 * y[i] + words[i]).toArray();
    return new Table(
            "small",
            List.of(
                new Numbers("x", x),
                new Numbers("y", y),
                new Categories("word", words, List.of("a", "b", "c")),
                classes
                    ? new Categories("kind", kinds, List.of("p", "q", "r"))
                    : new Numbers("sum", sums)),
            List.of())
        .predicting(List.of(classes ? "kind" : "sum"));
  }

  private static Recipe recipe(int members) {
    Recipe recipe =
        Recipe.predict()
            .withScaling(Scaler.Kind.ROBUST)
            .withBins(4)
            .withClamp(true)
            .withMembers(members)
            .withHidden(Layer.parseAll("8:relu,dropout(0.1),8:silu"))
            .withStopping(new Best());
    return recipe.withTraining(recipe.training().withEpochs(4).withBatchSize(16));
  }

  private static Experiment experiment(boolean classes, int members) {
    Recipe recipe = recipe(members);
    return new Experiment(recipe, recipe.split(table(classes)));
  }

  private static byte[] bytes(Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    return out.toByteArray();
  }

  @Test
  void everyNumberOfThreadsAndEveryKernelGiveTheSameModel() throws IOException {
    for (boolean classes : new boolean[] {true, false}) {
      Experiment experiment = experiment(classes, 3);
      byte[] expected =
          bytes(experiment.train(new Compute(1, KernelChoice.SCALAR), new Cancellation()).model());
      for (int threads : new int[] {1, 2, 3, 7}) {
        Trained trained =
            experiment.train(new Compute(threads, KernelChoice.AUTO), new Cancellation());
        assertThat(bytes(trained.model())).isEqualTo(expected);
      }
    }
  }

  @Test
  void allThatAModelSaysIsOfTheAverage() {
    for (boolean classes : new boolean[] {true, false}) {
      Experiment experiment = experiment(classes, 3);
      Model model = experiment.train().model();
      Table test = experiment.parts().test();
      assertThat(test).isNotNull();
      int outputs = model.architecture().outputs();
      assertThat(model.members()).hasSize(3);
      assertThat(model.members().get(0).parameters())
          .isNotEqualTo(model.members().get(1).parameters());
      double[] sums = new double[test.rows() * outputs];
      for (Network member : model.members()) {
        float[] own = member.predict(model.preprocessing().apply(test));
        IntStream.range(0, own.length).forEach(i -> sums[i] += own[i]);
      }
      float[] average = model.outputs(test);
      for (int i = 0; i < average.length; i++) {
        assertThat(average[i]).isEqualTo((float) (sums[i] / 3));
      }
      float[] row = new float[outputs];
      double[] raw = new double[model.preprocessing().rawWidth()];
      model.preprocessing().raw(test).copyRow(2, raw);
      model.predictor().outputs(raw, row);
      assertThat(row)
          .containsExactly(java.util.Arrays.copyOfRange(average, 2 * outputs, 3 * outputs));
      assertThat(model.outputs(raw)).isEqualTo(row);
      assertThat(model.predict(raw)).isEqualTo(model.predict(test).get(2));
      assertThatThrownBy(model::network)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "This model averages 3 networks, and one of them is asked for: train with 1 member,"
                  + " or take one of members().");
    }
  }

  @Test
  void scoresAreOfTheAverage() {
    Experiment experiment = experiment(true, 3);
    Trained trained = experiment.train();
    Table test = experiment.parts().test();
    assertThat(test).isNotNull();
    Scores scores = trained.model().evaluate(test);
    assertThat(trained.result().test()).isEqualTo(scores);
    Categories right = ((Classification) trained.model().task()).classes(test);
    long hits =
        IntStream.range(0, test.rows())
            .filter(row ->
                trained
                    .model()
                    .predict(test)
                    .get(row)
                    .label()
                    .equals(right.levels().get(right.code(row))))
            .count();
    assertThat(scores.accuracy()).isEqualTo((double) hits / test.rows());
    assertThat(trained.model().metrics()).containsEntry("test_loss", scores.loss());
    assertThatThrownBy(trained.result()::network).isInstanceOf(IllegalStateException.class);
  }

  /** Five members, a fifth of the rows each: so each row is validated once, by the one that may. */
  @Test
  void membersValidateOnRowsThatTheyHaveNotLearntFrom() {
    Experiment experiment = experiment(true, 5);
    List<TrainingEvent.Started> started = new ArrayList<>();
    Trained trained =
        experiment.train(event -> {
          if (event instanceof OfMember of && of.event() instanceof TrainingEvent.Started start) {
            started.add(start);
          }
        });
    int pool = experiment.parts().train().rows();
    assertThat(experiment.parts().validation()).isNull();
    assertThat(pool).isEqualTo(ROWS - 18);
    assertThat(started).hasSize(5);
    assertThat(started.stream().mapToInt(TrainingEvent.Started::validationRows).sum())
        .isEqualTo(pool);
    assertThat(started).allMatch(s -> s.trainRows() + s.validationRows() == pool);
    assertThat(trained.result().validation()).isNotNull();
    assertThat(trained.model().metrics()).containsKey("val_accuracy");
  }

  /** The test part is that of one network with the same options. */
  @Test
  void theSplitKeepsTheSameRowsToTestOn() {
    Table table = table(true);
    Parts one = recipe(1).split(table);
    Parts several = recipe(3).split(table);
    assertThat(several.test().featureColumns().getFirst().numbers().get(3, 0))
        .isEqualTo(one.test().featureColumns().getFirst().numbers().get(3, 0));
    assertThat(several.train().rows()).isEqualTo(one.train().rows() + one.validation().rows());
  }

  /** Rows to validate on that were given are everybody's. */
  @Test
  void givenRowsToValidateOnAreTakenByAll() {
    Parts parts = recipe(1).split(table(true));
    Trained trained = new Experiment(recipe(2), parts).train();
    Scores validation = trained.model().evaluate(parts.validation());
    assertThat(trained.result().validation()).isEqualTo(validation);
  }

  @Test
  void eventsSayWhoseTheyAre() {
    List<TrainingEvent> events = new ArrayList<>();
    History history = new History();
    Trained trained = experiment(true, 3).train(events::add, history);
    for (int member = 1; member <= 3; member++) {
      int number = member;
      List<TrainingEvent> own =
          events.stream()
              .filter(e -> e instanceof OfMember of && of.member() == number)
              .map(e -> ((OfMember) e).event())
              .toList();
      assertThat(own.stream().filter(e -> e instanceof EpochFinished)).hasSize(5);
      assertThat(own.getLast()).isInstanceOf(Finished.class);
    }
    assertThat(events.getLast()).isEqualTo(Finished.of(trained.result()));
    assertThat(history.epochs()).hasSize(5); // the first member's
  }

  @Test
  void aFileGivesAllMembersBack() throws IOException {
    Model model = experiment(false, 3).train().model();
    byte[] content = bytes(model);
    Model read = Model.read("m", content);
    assertThat(read.members()).hasSize(3);
    for (int member = 0; member < 3; member++) {
      assertThat(read.members().get(member).parameters())
          .isEqualTo(model.members().get(member).parameters());
    }
    assertThat(read.task()).isEqualTo(model.task());
    assertThat(read.preprocessing()).isEqualTo(model.preprocessing());
    assertThat(bytes(read)).isEqualTo(content);
    String header = new String(content, StandardCharsets.ISO_8859_1);
    assertThat(header)
        .contains("\"0.0.weight\"", "\"2.0.weight\"", "\\\"members\\\":3", "\\\"version\\\":3");
  }

  @Test
  void aFileOfOneNetworkIsAsBefore() throws IOException {
    String header =
        new String(bytes(experiment(false, 1).train().model()), StandardCharsets.ISO_8859_1);
    assertThat(header).contains("\\\"version\\\":2").doesNotContain("members", "\"0.0.weight\"");
  }

  @Test
  void aFileThatWasCutOrSaysAnotherNumberOfMembersIsRefused() throws IOException {
    byte[] content = bytes(experiment(false, 2).train().model());
    for (int length = 0; length < content.length; length += 97) {
      byte[] cut = java.util.Arrays.copyOf(content, length);
      assertThatThrownBy(() -> Model.read("m", cut)).isInstanceOf(InvalidDataException.class);
    }
    String text = new String(content, StandardCharsets.ISO_8859_1);
    for (String members : List.of("1", "3", "0", "-", "9")) {
      byte[] other =
          text.replace("\\\"members\\\":2", "\\\"members\\\":" + members)
              .getBytes(StandardCharsets.ISO_8859_1);
      assertThatThrownBy(() -> Model.read("m", other)).isInstanceOf(InvalidDataException.class);
    }
  }

  @Test
  void membersOfOtherShapesAreRefused() {
    Network one = Models.network(2, "1:sigmoid");
    Network other = Models.network(2, "3:relu,1:sigmoid");
    Model model = Models.twoClasses();
    for (List<Network> members : List.of(List.of(one, other), List.<Network>of())) {
      assertThatThrownBy(() ->
              new Model(
                  "points",
                  model.preprocessing(),
                  members,
                  model.task(),
                  model.loss(),
                  0,
                  Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aTrainingThatIsSteppedHasOneNetwork() {
    assertThatThrownBy(() -> experiment(true, 2).begin(Compute.all()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("take withMembers(1)");
  }

  @Test
  void timeThatIsUpGivesTheBestSoFar() {
    Recipe slow = recipe(4);
    Recipe recipe = slow.withTraining(slow.training().withEpochs(100_000_000));
    Experiment experiment = new Experiment(recipe, recipe.split(table(true)));
    Trained trained =
        experiment.train(
            new Compute(2, KernelChoice.AUTO), new Cancellation(Duration.ofMillis(300)));
    assertThat(trained.result().cancelled()).isTrue();
    assertThat(trained.model().members()).hasSizeBetween(1, 2);
    assertThat(trained.result().test()).isNotNull();
  }

  /** What a listener throws ends the training, and so do all members. */
  @Test
  void aFailureEndsAllMembers() {
    TrainingListener failing =
        event -> {
          if (event instanceof OfMember of && of.member() == 2) {
            throw new IllegalStateException("I fail.");
          }
        };
    assertThatThrownBy(() -> experiment(true, 3).train(failing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("I fail.");
  }

  @Test
  void tooFewOrTooManyMembersAreRefused() {
    for (int members : new int[] {0, -1, 1001}) {
      assertThatThrownBy(() -> Recipe.predict().withMembers(members))
          .hasMessage("A model has from 1 to 1000 members, got " + members + ".");
    }
    Table one = table(false).select(new int[] {1});
    assertThatThrownBy(() -> new Experiment(recipe(2), Parts.all(one)).train())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("take 1 member");
  }

  @Test
  void theRecipeForTablesTrainsOnAnyTable() {
    for (boolean classes : new boolean[] {true, false}) {
      Table table = table(classes);
      Recipe tabular = Recipe.tabular(table);
      Recipe recipe = tabular.withTraining(tabular.training().withEpochs(3));
      Trained trained = recipe.train(recipe.split(table));
      assertThat(trained.model().members()).hasSize(recipe.members());
      if (trained.model().task() instanceof Regression numbers) {
        assertThat(numbers.ranges()).hasSize(1);
      }
      assertThat(trained.model().preprocessing())
          .isInstanceOf(Preprocessing.class)
          .isEqualTo(
              Preprocessing.fit(recipe.split(table).train(), recipe.scaling(), recipe.bins()));
    }
  }
}
