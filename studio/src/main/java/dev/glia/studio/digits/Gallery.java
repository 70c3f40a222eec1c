package dev.glia.studio.digits;

import dev.glia.studio.view.Packed;
import dev.glia.table.Categories;
import dev.glia.table.ImageSize;
import dev.glia.table.Matrix;
import dev.glia.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of the pictures of a data set, with what they are and what a network reads in them. */
final class Gallery {

  static final int MOST = 200; // pictures a page

  private Gallery() {}

  /**
   * Which pictures.
   *
   * @param actual what they are, the class's index; null for any
   * @param predicted what is read in them; null for anything
   * @param wrong only those that are read wrongly
   * @param offset how many of them are left out
   * @param limit how many at most
   */
  record Filter(
      @Nullable Integer actual, @Nullable Integer predicted, boolean wrong, int offset, int limit) {

    boolean takes(int row, Categories target, Readings readings) {
      return (actual == null || target.code(row) == actual)
          && (predicted == null || readings.classOf(row) == predicted)
          && (!wrong || readings.isWrong(row, target));
    }
  }

  /** The page as JSON. */
  static Map<String, Object> page(
      Table data, Categories target, ImageSize size, Readings readings, Filter filter) {
    List<Map<String, Object>> items = new ArrayList<>();
    int total = 0;
    int wrong = 0;
    for (int row = 0; row < readings.rows(); row++) {
      wrong += readings.isWrong(row, target) ? 1 : 0;
      if (filter.takes(row, target, readings)) {
        if (total >= filter.offset() && items.size() < Math.min(filter.limit(), MOST)) {
          items.add(item(data.features(), target, readings, row));
        }
        total++;
      }
    }
    Map<String, Object> page = page(data, target, size, items);
    page.put("total", total);
    page.put("wrong", wrong);
    return page;
  }

  /** Some pictures and what they are, as JSON; no network reads them. */
  static Map<String, Object> pictures(
      Table data, Categories target, ImageSize size, int offset, int limit) {
    List<Map<String, Object>> items = new ArrayList<>();
    int end = (int) Math.min(data.rows(), (long) offset + Math.min(limit, MOST));
    for (int row = offset; row < end; row++) {
      items.add(picture(data.features(), target, row));
    }
    return page(data, target, size, items);
  }

  private static Map<String, Object> page(
      Table data, Categories target, ImageSize size, List<Map<String, Object>> items) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("rows", data.rows());
    page.put("width", size.width());
    page.put("height", size.height());
    page.put("classes", target.levels());
    page.put("items", items);
    return page;
  }

  private static Map<String, Object> item(
      Matrix pixels, Categories target, Readings readings, int row) {
    Map<String, Object> item = picture(pixels, target, row);
    item.put("prediction", readings.classOf(row));
    item.put("confidence", readings.confidence(row));
    return item;
  }

  private static Map<String, Object> picture(Matrix pixels, Categories target, int row) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("row", row);
    item.put("label", target.code(row));
    byte[] greys = new byte[pixels.columns()];
    for (int i = 0; i < greys.length; i++) {
      greys[i] = (byte) Math.round(Math.clamp(pixels.get(row, i), 0, 255));
    }
    item.put("pixels", Packed.of(greys));
    return item;
  }

  /** How often each class was read as each, in the first rows, as JSON. */
  static Map<String, Object> confusion(
      String part, Categories target, Readings readings, int most) {
    int rows = Math.min(readings.rows(), most);
    int[][] counts = new int[target.levels().size()][target.levels().size()]; // [actual][read as]
    int right = 0;
    for (int row = 0; row < rows; row++) {
      counts[target.code(row)][readings.classOf(row)]++;
      right += readings.isWrong(row, target) ? 0 : 1;
    }
    List<List<Integer>> lists = new ArrayList<>();
    for (int[] line : counts) {
      List<Integer> list = new ArrayList<>();
      for (int count : line) {
        list.add(count);
      }
      lists.add(list);
    }
    Map<String, Object> confusion = new LinkedHashMap<>();
    confusion.put("part", part);
    confusion.put("classes", target.levels());
    confusion.put("counts", lists);
    if (rows > 0) {
      confusion.put("accuracy", (double) right / rows);
    }
    confusion.put("rows", rows);
    return confusion;
  }
}
