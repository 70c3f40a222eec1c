package dev.glia.studio.digits;

import dev.glia.internal.text.Format;
import dev.glia.model.Model;
import dev.glia.studio.http.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The networks that read drawings: the one that Glia brings, and those that users opened.
 *
 * <p>Glia's own, {@code digits.safetensors}, is what this command gives, bit for bit, on any
 * machine:
 *
 * <pre>
 * glia train digits --samples 50000 --layers 112:relu,48:relu --epochs 8 --batch-size 64 \
 *     --optimizer "adamw(0.1)" --learning-rate 0.002 --out digits.safetensors
 * </pre>
 *
 * <p>Of MNIST's 23,100 test digits it reads 89.5% rightly; with the recipe's default settings it
 * would be 79.9%. More rows count most, then the second layer and the decay of the weights.
 */
final class DrawingModels {

  static final String SHIPPED = "shipped";
  static final int MOST = 8; // opened at a time
  private static final int LONGEST_TITLE = 80;

  /** A network with the name of its file. */
  private record Opened(String title, Model model) {}

  private final Map<String, Opened> opened = new LinkedHashMap<>(); // the one opened last last
  private int count;
  private @Nullable Model shipped;

  /** The network of a name. */
  synchronized Model get(String id) {
    if (id.equals(SHIPPED)) {
      return shipped();
    }
    Opened found = opened.get(id);
    if (found == null) {
      throw new Refusal(404, "This model is not open any more: open its file again.");
    }
    return found.model;
  }

  /** Read when it is first asked for: most starts of the studio draw nothing. */
  private Model shipped() {
    if (shipped == null) {
      try (InputStream in = DrawingModels.class.getResourceAsStream("digits.safetensors")) {
        if (in == null) {
          throw new IllegalStateException("The studio's jar lacks digits.safetensors.");
        }
        shipped = Model.read("digits.safetensors", in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shipped;
  }

  /**
   * Opens a model file; of too many the one opened first is closed.
   *
   * @return the entry of {@link #all}
   * @throws IOException if it is no model, with a sentence that says why
   * @throws IllegalArgumentException if it reads something else than drawings
   */
  Map<String, Object> open(String name, byte[] content) throws IOException {
    String title = name.isBlank() ? "The file" : shortened(name.strip());
    Model model = Drawing.readable(title, Model.read(title, content));
    synchronized (this) {
      String id = "opened-" + ++count;
      if (opened.size() == MOST) {
        opened.remove(opened.keySet().iterator().next());
      }
      Opened one = new Opened(title, model);
      opened.put(id, one);
      return entry(id, one);
    }
  }

  private static String shortened(String name) {
    int[] points = name.codePoints().filter(c -> !Character.isISOControl(c)).toArray();
    return points.length <= LONGEST_TITLE
        ? new String(points, 0, points.length)
        : new String(points, 0, LONGEST_TITLE - 1) + "…";
  }

  /** All of them as JSON. */
  synchronized List<Map<String, Object>> all() {
    List<Map<String, Object>> all = new ArrayList<>();
    all.add(
        entry(
            SHIPPED,
            "Glia's own",
            "A network %s, trained on digits that Glia drew itself. It reads nine of ten of MNIST's, which people wrote."
                .formatted(shipped().network().architecture().sizes()),
            shipped()));
    opened.forEach((id, one) -> all.add(entry(id, one)));
    return all;
  }

  private static Map<String, Object> entry(String id, Opened one) {
    return entry(id, one.title, description(one.model), one.model);
  }

  private static Map<String, Object> entry(
      String id, String title, String description, Model model) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", id);
    entry.put("title", title);
    entry.put("description", description);
    entry.put("labels", Drawing.labels(model));
    entry.put("width", Drawing.SIZE.width());
    entry.put("height", Drawing.SIZE.height());
    return entry;
  }

  private static String description(Model model) {
    Double accuracy =
        model.metrics().getOrDefault("test_accuracy", model.metrics().get("val_accuracy"));
    return "A network %s, trained on %s%s"
        .formatted(
            model.network().architecture().sizes(),
            model.dataset(),
            accuracy == null
                ? "."
                : "; it reads %s of those that it has not seen rightly."
                    .formatted(Format.percent(accuracy)));
  }
}
