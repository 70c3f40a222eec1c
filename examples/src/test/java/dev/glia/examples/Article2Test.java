package dev.glia.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second article's two programs, and its worked example. */
class Article2Test {

  @TempDir private Path folder;

  /**
   * The program gives what NumPy gives for the article's code, for each seed of {@code np.random}.
   *
   * <p>Its plain loops add in another order than BLAS and NumPy's pairwise sums do, and {@code exp}
   * and {@code log} may differ in their last bit, so each update rounds otherwise, by some 1e-16;
   * and this training does not make differences grow: NumPy itself, begun with weights that are
   * 1e-15 larger, stays within 3e-15. Measured over all 20,000 updates: losses within 2e-15, the
   * same accuracies. The losses have the 1e-9 that the golden numbers' README asks for.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void theArticlesCodeAsPrinted(int seed) throws IOException, InterruptedException {
    List<?> seeds = (List<?>) SharedFolder.golden("article2.json").get("as_printed");
    assertThat(seeds).hasSize(3);
    Map<?, ?> golden = (Map<?, ?>) seeds.get(seed);
    assertThat(golden.get("np_random_seed")).isEqualTo((long) seed);
    double[] losses = SharedFolder.numbers(golden.get("loss_every_50_steps"));

    List<String> lines = new Program("Article2").run(folder, Integer.toString(seed));

    assertThat(lines).hasSize(losses.length + 4);
    for (int i = 0; i < losses.length; i++) {
      assertClose(number("loss at step " + 50 * i + " = ", lines.get(i)), losses[i]);
    }
    List<String> last = lines.subList(losses.length, lines.size());
    assertClose(number("Final loss: ", last.get(0)), golden.get("test_loss"));
    assertThat(number("Final accuracy: ", last.get(1))).isEqualTo(golden.get("test_accuracy"));
    assertClose(number("Training loss: ", last.get(2)), golden.get("train_loss"));
    assertThat(number("Training accuracy: ", last.get(3))).isEqualTo(golden.get("train_accuracy"));
  }

  /**
   * With the library: the bounds for {@code glia train moons}, which is the same training.
   */
  @Test
  void withGlia() throws IOException, InterruptedException {
    List<String> lines = new Program("Article2WithGlia").run(folder);

    assertThat(lines).hasSize(401 + 2);
    for (int i = 0; i <= 400; i++) {
      assertThat(lines.get(i)).startsWith("loss at step " + 50 * i + " = ");
    }
    assertThat(number("loss at step 20000 = ", lines.get(400))).isLessThan(0.05);
    assertThat(number("Final loss: ", lines.get(401))).isPositive();
    assertThat(number("Final accuracy: ", lines.get(402))).isGreaterThanOrEqualTo(0.94);
    assertThat(Files.readAllBytes(folder.resolve("runs/article2/training.png")))
        .startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void theWorkedExample() throws IOException, InterruptedException {
    assertThat(new Program("WorkedExample").run(folder))
        .containsExactly(
            "Values before activation: [5.5, -1.5, -0.3]", "Final values: [5.5, -0.075, -0.015]");
  }

  private static double number(String before, String line) {
    assertThat(line).startsWith(before);
    return Double.parseDouble(line.substring(before.length()));
  }

  private static void assertClose(double actual, Object golden) {
    double expected = (Double) golden;
    assertThat(actual).isCloseTo(expected, within(1e-9 * expected));
  }
}
