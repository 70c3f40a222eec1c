package dev.glia.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionFieldTest {

  private static final Extent UNIT = new Extent(0, 1, 0, 1);

  @Test
  void oneOutputIsTheProbabilityOfClassOne() {
    DecisionField field = new DecisionField(UNIT, 2, 2, new float[] {0.1f, 0.5f, 0.9f, 0.4f});

    assertThat(field.classAt(0, 0)).isZero();
    assertThat(field.classAt(1, 0)).isEqualTo(1);
    assertThat(field.classAt(0, 1)).isEqualTo(1);
    assertThat(field.probability(0, 0, 0)).isCloseTo(0.9, offset(1e-6));
  }

  @Test
  void ofMoreOutputsTheLargestWins() {
    float[] three = {.2f, .3f, .5f, .6f, .3f, .1f, .1f, .8f, .1f, .4f, .3f, .3f};
    DecisionField field = new DecisionField(UNIT, 2, 2, three);

    assertThat(field.classes()).isEqualTo(3);
    assertThat(field.classAt(0, 0)).isEqualTo(2);
    assertThat(field.classAt(1, 0)).isZero();
    assertThat(field.classAt(0, 1)).isEqualTo(1);
  }

  @Test
  void theBoundaryLiesWhereTheClassesAreEquallyProbable() {
    // The probability of class 1 grows from left to right; it is one half at column 1.25.
    float[] row = {0, 0.4f, 0.8f, 1};
    float[] all = new float[12];
    for (int i = 0; i < all.length; i++) {
      all[i] = row[i % 4];
    }
    List<Boundary.Line> lines = new Boundary(new DecisionField(UNIT, 4, 3, all)).lines();

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().points())
        .hasSize(3)
        .allSatisfy(point -> assertThat(point.column()).isCloseTo(1.25, offset(1e-6)));
  }

  @Test
  void anIslandHasAClosedBoundary() {
    float[] all = new float[25];
    all[12] = 1;
    List<Boundary.Line> lines = new Boundary(new DecisionField(UNIT, 5, 5, all)).lines();

    assertThat(lines).hasSize(1);
    List<Boundary.Point> points = lines.getFirst().points();
    assertThat(points).hasSize(5);
    assertThat(points.getFirst()).isEqualTo(points.getLast());
  }

  @Test
  void threeClassesMeetInOnePoint() {
    float[] corners = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1};
    List<Boundary.Line> lines = new Boundary(new DecisionField(UNIT, 2, 2, corners)).lines();

    assertThat(lines.stream().flatMap(line -> line.points().stream()))
        .contains(new Boundary.Point(0.5, 0.5));
  }

  @Test
  void aNetworkThatSaysNaNIsStillDrawn() {
    float[] all = {Float.NaN, 0.7f, 0.2f, Float.NaN};
    ScatterPlot plot =
        ScatterPlot.of("", new double[] {0}, new double[] {0}, new int[1], Samples.NAMES)
            .withField(new DecisionField(UNIT, 2, 2, all));

    assertThat(Rendered.svg(plot)).doesNotContain("NaN");
  }

  @Test
  void gridPointsReachFromEndToEnd() {
    assertThat(new Extent(-1, 1, 5, 9).gridX(5)).containsExactly(-1, -0.5, 0, 0.5, 1);
    assertThat(new Extent(-1, 1, 5, 9).gridY(3)).containsExactly(5, 7, 9);
  }

  @Test
  void anExtentLeavesRoomAroundThePoints() {
    Extent around = Extent.around(new double[] {0, 10, Double.NaN}, new double[] {3, 3, 3});

    assertThat(around.minX()).isNegative();
    assertThat(around.maxX()).isGreaterThan(10);
    assertThat(around.minY()).isLessThan(3);
    assertThat(around.maxY()).isGreaterThan(3);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DecisionField(UNIT, 2, 2, new float[5]))
        .withMessage("expected one or more probabilities for each of 2 x 2 points, got 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DecisionField(UNIT, 1, 2, new float[2]))
        .withMessage("expected a field of at least 2 x 2 points, got 1 x 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Extent(1, 0, 0, 1))
        .withMessageContaining("got 1.0 to 0.0");
  }
}
