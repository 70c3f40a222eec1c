package dev.glia.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MatrixTest {

  private static float[] row(Matrix matrix, int row) {
    float[] target = new float[matrix.columns() + 2];
    target[0] = -7;
    target[matrix.columns() + 1] = -7;
    matrix.copyRow(row, target, 1);
    assertThat(target[0]).isEqualTo(-7); // writes nothing beside the row
    assertThat(target[matrix.columns() + 1]).isEqualTo(-7);
    return Arrays.copyOfRange(target, 1, matrix.columns() + 1);
  }

  @Test
  void dense() {
    DenseMatrix matrix = DenseMatrix.of(new double[] {1, 0.1}, new double[] {-2, 1e300});
    assertThat(matrix.rows()).isEqualTo(2);
    assertThat(matrix.columns()).isEqualTo(2);
    assertThat(matrix.get(0, 1)).isEqualTo(0.1);
    assertThat(row(matrix, 0)).containsExactly(1f, 0.1f);
    assertThat(row(matrix, 1)).containsExactly(-2f, Float.POSITIVE_INFINITY);
  }

  @Test
  void bytesAreUnsigned() {
    ByteMatrix matrix = new ByteMatrix(2, 3, new byte[] {0, 1, 127, (byte) 128, (byte) 255, 7});
    assertThat(matrix.rows()).isEqualTo(2);
    assertThat(matrix.columns()).isEqualTo(3);
    assertThat(matrix.get(1, 1)).isEqualTo(255);
    assertThat(row(matrix, 0)).containsExactly(0f, 1f, 127f);
    assertThat(row(matrix, 1)).containsExactly(128f, 255f, 7f);
  }

  @Test
  void selectionsAreViewsInAnyOrder() {
    Matrix matrix = DenseMatrix.of(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});
    int[] order = {2, 0, 2};
    Matrix selected = matrix.select(order);
    order[0] = 1; // the selection has its own copy
    assertThat(selected.rows()).isEqualTo(3);
    assertThat(selected.columns()).isEqualTo(2);
    assertThat(selected.get(0, 1)).isEqualTo(6);
    assertThat(row(selected, 1)).containsExactly(1f, 2f);
    Matrix again = selected.select(new int[] {2, 1});
    assertThat(row(again, 0)).containsExactly(5f, 6f);
    assertThat(row(again, 1)).containsExactly(1f, 2f);
    assertThat(matrix.select(new int[0]).rows()).isZero();
  }

  @Test
  void aRowCanBeCopiedByDefault() {
    Matrix diagonal =
        new Matrix() {
          @Override
          public int rows() {
            return 3;
          }

          @Override
          public int columns() {
            return 3;
          }

          @Override
          public double get(int row, int column) {
            return row == column ? 0.1 : 0;
          }
        };
    assertThat(row(diagonal, 1)).containsExactly(0f, 0.1f, 0f);
  }

  @Test
  void refusesValuesThatDoNotFit() {
    assertThatThrownBy(() -> new DenseMatrix(2, 3, new double[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A matrix of 2 rows and 3 columns needs 6 values, got 5.");
    assertThatThrownBy(() -> new ByteMatrix(65536, 65536, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A matrix of 65536 rows and 65536 columns needs 4294967296 bytes, got 0.");
    assertThatThrownBy(() -> DenseMatrix.of(new double[] {1, 2}, new double[] {3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Row 1 has 1 values, row 0 has 2: all rows must be equally long.");
    assertThatThrownBy(DenseMatrix::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A matrix needs at least one row, got none.");
  }
}
