package dev.glia.studio.run;

import dev.glia.internal.text.OutsideText;
import dev.glia.split.Parts;
import dev.glia.studio.http.Refusal;
import dev.glia.studio.http.Request;
import dev.glia.table.Table;
import java.util.Locale;

/** The rows that a network learns from, or those kept back that are looked at meanwhile. */
public enum DataPart {
  TRAIN,
  WATCHED;

  /** The word by which pages ask for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its rows. */
  public Table of(Parts split) {
    return switch (this) {
      case TRAIN -> split.train();
      case WATCHED -> split.watched();
    };
  }

  /**
   * The part that a request asks for.
   *
   * @param otherwise where it says none
   * @throws Refusal if it is another word
   */
  public static DataPart of(Request request, DataPart otherwise) {
    String given = request.query("part").orElse(otherwise.word());
    for (DataPart part : values()) {
      if (part.word().equals(given)) {
        return part;
      }
    }
    throw new Refusal(400, "part must be train or watched, got " + OutsideText.quoted(given) + ".");
  }
}
