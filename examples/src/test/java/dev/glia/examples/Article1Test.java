package dev.glia.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glia.image.IdxFolder;
import dev.glia.model.Model;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first article's two programs. */
class Article1Test {

  private static final Pattern COUNT = Pattern.compile("Accuracy = (\\S+)% \\((\\d+) of 23100\\)");
  private static final Pattern ERROR = Pattern.compile("squared error (\\S+)$");
  private static final Pattern EPOCH = Pattern.compile("^Epoch (\\d+) Accuracy = (\\S+)%$");

  @TempDir private Path folder;

  /**
   * The program gives what NumPy gives for the article's code, digit by digit and epoch by epoch.
   *
   * <p>Its plain loops add in another order than BLAS and NumPy's pairwise sums do, so each update
   * rounds otherwise, by some 1e-16; and this training does not make differences grow: NumPy
   * itself, begun with weights that are 1e-15 larger, ends 1e-15 away. Measured after 50 epochs:
   * the same counts throughout, errors within 6e-16. A digit would have to have its two largest
   * outputs as close as that to be counted differently, so the counts are exact; the errors have
   * the 1e-9 that the golden numbers' README asks for.
   */
  @Test
  void theArticlesCodeAsPrinted() throws IOException, InterruptedException {
    Map<?, ?> golden = SharedFolder.golden("article1.json");
    double[] accuracies =
        SharedFolder.numbers(golden.get("as_printed_accuracy_before_and_after_each_epoch"));
    double[] errors = SharedFolder.numbers(golden.get("as_printed_mean_squared_error_per_epoch"));

    List<String> lines = new Program("Article1").run(folder, SharedFolder.data().toString());

    // "It seems our NN was fairly confident that it was a 6, but unfortunately, it was a 3."
    assertThat(lines.get(0)).isEqualTo("I'm 56.31% sure that it's a 6.");
    assertThat(lines.get(1)).isEqualTo("The number was a 3");
    assertThat(lines).hasSize(2 + accuracies.length);
    for (int epoch = 0; epoch < accuracies.length; epoch++) {
      String line = lines.get(2 + epoch);
      assertThat(line).startsWith(epoch == 0 ? "Untrained " : "Epoch " + (epoch - 1) + " ");
      MatchResult count = find(COUNT, line);
      assertThat(Long.parseLong(count.group(2))).isEqualTo(Math.round(accuracies[epoch] * 23_100));
      assertThat(Double.parseDouble(count.group(1)))
          .isCloseTo(100 * accuracies[epoch], within(0.005000001)); // two decimals
      if (epoch > 0) {
        double expected = errors[epoch - 1];
        assertThat(Double.parseDouble(find(ERROR, line).group(1)))
            .isCloseTo(expected, within(1e-9 * expected));
      }
    }
  }

  /**
   * With the library: the bounds for {@code glia train mnist}, which is the same training.
   */
  @Test
  void withGlia() throws IOException, InterruptedException {
    Path data = SharedFolder.data();
    List<String> lines = new Program("Article1WithGlia").run(folder, data.toString());

    assertThat(lines).hasSize(2 + 51);
    assertThat(lines.get(0)).matches("I'm \\S+% sure that it's a \\d\\.");
    assertThat(lines.get(1)).isEqualTo("The number was a 3");
    for (int epoch = 0; epoch <= 50; epoch++) {
      assertThat(find(EPOCH, lines.get(2 + epoch)).group(1)).isEqualTo(Integer.toString(epoch));
    }
    double last = Double.parseDouble(find(EPOCH, lines.getLast()).group(2));
    assertThat(last).isGreaterThanOrEqualTo(93.8);

    Model model = Model.load(folder.resolve("runs/article1/model.safetensors"));
    Parts parts = Holdout.of(0, 0.33).seed(42).split(IdxFolder.read(data.resolve("mnist")));
    assertThat(100 * model.evaluate(parts.test()).accuracy())
        .isCloseTo(last, within(0.005000001)); // two decimals
  }

  private static MatchResult find(Pattern pattern, String line) {
    return pattern
        .matcher(line)
        .results()
        .findFirst()
        .orElseThrow(() -> new AssertionError(pattern + " is not in: " + line));
  }
}
