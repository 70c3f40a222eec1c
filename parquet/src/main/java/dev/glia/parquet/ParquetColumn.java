package dev.glia.parquet;

import dev.glia.reading.MissingValues;
import dev.glia.reading.NumberValues;
import dev.glia.reading.RawTable.RawColumn;
import dev.glia.reading.TextColumn;
import dev.glia.table.Categories;
import dev.glia.table.Dates;
import dev.glia.table.Numbers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has been read of a column, and what it turns out to be. */
abstract sealed class ParquetColumn implements Chunk.Sink {

  /** A column to be filled. */
  static ParquetColumn of(Leaf leaf, MissingValues missing) {
    return leaf.meaning().isText() ? new Texts(leaf, missing) : new Values(leaf);
  }

  /**
   * The column; null where it holds bytes that are no text.
   *
   * @param remarks gets a line for what was taken otherwise than it stands there
   */
  abstract @Nullable RawColumn column(String name, List<String> remarks);

  /** Numbers, dates, and booleans. */
  private static final class Values extends ParquetColumn {
    private final Leaf leaf;
    private final NumberValues values = new NumberValues();

    Values(Leaf leaf) {
      this.leaf = leaf;
    }

    @Override
    public void take(Decoder decoder) throws MalformedException {
      values.add(leaf.meaning().next(leaf.type(), decoder));
    }

    @Override
    public void takeMissing() {
      values.add(Double.NaN);
    }

    @Override
    RawColumn column(String name, List<String> remarks) {
      String remark = values.remark(name);
      if (remark != null) {
        remarks.add(remark);
      }
      double[] found = values.toArray();
      if (leaf.meaning().isDate()) {
        return RawColumn.of(new Dates(name, found, Meaning.dateFormat()));
      }
      if (leaf.meaning().kind() != Meaning.Kind.BOOLEAN) {
        return RawColumn.of(new Numbers(name, found));
      }
      int[] codes = new int[found.length];
      for (int row = 0; row < codes.length; row++) {
        codes[row] = Double.isNaN(found[row]) ? Categories.MISSING : (int) found[row];
      }
      return RawColumn.of(new Categories(name, codes, List.of("false", "true")));
    }
  }

  /** Texts, or bytes that may be some. */
  private static final class Texts extends ParquetColumn {
    private static final char NO_TEXT = '\uFFFD'; // what stands for bytes that are none

    private final boolean maybeBytes;
    private final TextColumn texts;
    private boolean bytes;

    Texts(Leaf leaf, MissingValues missing) {
      maybeBytes = leaf.meaning().kind() == Meaning.Kind.BYTES_OR_TEXT;
      texts = new TextColumn(missing, true);
    }

    @Override
    public void take(Decoder decoder) throws MalformedException {
      String text = decoder.nextText();
      bytes |= maybeBytes && text.indexOf(NO_TEXT) >= 0;
      texts.add(bytes ? "" : text.strip());
    }

    @Override
    public void takeMissing() {
      texts.add("");
    }

    @Override
    @Nullable RawColumn column(String name, List<String> remarks) {
      return bytes ? null : RawColumn.of(name, texts);
    }
  }
}
