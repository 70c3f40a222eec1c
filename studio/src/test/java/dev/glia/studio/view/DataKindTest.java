package dev.glia.studio.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.csv.Csv;
import dev.glia.csv.CsvOptions;
import dev.glia.source.Digits;
import dev.glia.split.Holdout;
import dev.glia.split.Parts;
import dev.glia.table.Table;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DataKindTest {

  private static Table read(String text) throws IOException {
    return Csv.read("data.csv", text, CsvOptions.defaults());
  }

  private static DataKind kind(String text, boolean classes) throws IOException {
    return DataKind.of(Parts.all(read(text)), classes);
  }

  @Test
  void numbersAreAPlaneOrACurve() throws IOException {
    assertThat(kind("a,b,y\n1,2,yes\n2,1,no\n", true)).isEqualTo(DataKind.PLANE);
    assertThat(kind("a,b,y\n1,2,0.5\n2,1,1.5\n", false)).isEqualTo(DataKind.PLANE);
    assertThat(kind("a,y\n1,0.5\n2,1.5\n", false)).isEqualTo(DataKind.CURVE);
    assertThat(kind("a,y\n1,yes\n2,no\n", true)).isEqualTo(DataKind.TABLE);
    assertThat(kind("a,b,c,y\n1,2,3,0.5\n2,1,3,1.5\n", false)).isEqualTo(DataKind.TABLE);
    Parts digits = Parts.all(new Digits(20, 0, true, 0).generate());
    assertThat(DataKind.of(digits, true)).isEqualTo(DataKind.IMAGES);
  }

  @Test
  void wordsHaveNoPlaceOnAnAxis() throws IOException {
    assertThat(kind("a,b,y\n1,x,yes\n2,z,no\n", true)).isEqualTo(DataKind.TABLE);
    assertThat(kind("a,y\nx,0.5\nz,1.5\n", false)).isEqualTo(DataKind.TABLE);
  }

  /** Also where only rows that are kept back lack something. */
  @Test
  void missingNumbersHaveNoPlaceEither() throws IOException {
    assertThat(kind("a,b,y\n1,,yes\n2,3,no\n", true)).isEqualTo(DataKind.TABLE);
    Table table = read("a,b,y\n1,2,yes\n2,3,no\n3,4,yes\n4,,no\n5,1,yes\n");
    for (int seed = 0; seed < 8; seed++) {
      Parts parts = Holdout.of(0.4, 0.2).seed(seed).split(table);
      Parts shown = new Parts(parts.train(), parts.validation(), null);
      boolean lacking = lacks(shown.train()) || lacks(shown.watched());
      assertThat(DataKind.of(shown, true))
          .as("seed %d", seed)
          .isEqualTo(lacking ? DataKind.TABLE : DataKind.PLANE);
    }
  }

  private static boolean lacks(Table table) {
    for (int row = 0; row < table.rows(); row++) {
      if (Double.isNaN(table.features().get(row, 1))) {
        return true;
      }
    }
    return false;
  }
}
