package dev.glia.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.csv.CsvOptions.Header;
import dev.glia.table.Categories;
import dev.glia.table.Table;
import dev.glia.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Words among numbers and numbers among words: none is lost. */
class MixedColumnsTest {

  private static List<String> words(Table table, String column) {
    Categories words = (Categories) table.column(column);
    List<String> all = new ArrayList<>();
    for (int row = 0; row < words.rows(); row++) {
      int code = words.code(row);
      all.add(code == Categories.MISSING ? "-" : words.levels().get(code));
    }
    return all;
  }

  private static Table read(CsvOptions options, String text) throws IOException {
    return Csv.read("data.csv", text, options);
  }

  @Test
  void numbersAmongWordsAreWordsAlsoBadlyWrittenOnes() throws IOException {
    Table table =
        read(CsvOptions.defaults(), "a,y\nx,1\n1e39,2\ninf,3\nb,4\n7.50,5\nd,6\n,7\ne,8\nf,9\n");
    assertThat(words(table, "a"))
        .containsExactly("x", "1e39", "inf", "b", "7.50", "d", "-", "e", "f");
  }

  @Test
  void wordsAmongNumbersAreClassesIfTheTargetHoldsClasses() throws IOException {
    Table table =
        read(
            CsvOptions.defaults().withTask(Task.Kind.CLASSES),
            "a,y\n1,2\n2,1\n3,x\n4,2\n5,1.5\n6,inf\n");
    assertThat(words(table, "y")).containsExactly("2", "1", "x", "2", "1.5", "inf");
  }

  @Test
  void theFirstLineCountsWhereItIsAnExample() throws IOException {
    CsvOptions absent = CsvOptions.defaults().withHeader(Header.ABSENT);
    assertThat(words(read(absent, "7,1\nx,2\ny,3\nz,1\n"), "column 1"))
        .containsExactly("7", "x", "y", "z");
    assertThat(words(read(absent.withTask(Task.Kind.CLASSES), "1,x\n2,3\n3,4\n"), "column 2"))
        .containsExactly("x", "3", "4");
  }
}
