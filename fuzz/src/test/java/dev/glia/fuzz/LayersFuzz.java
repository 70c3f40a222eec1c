package dev.glia.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glia.internal.text.OutsideText;
import dev.glia.layer.Layer;
import java.util.List;
import java.util.stream.Collectors;

/** Layers such as {@code 16:relu,8:elu(0.5)}: their text gives them again. */
public final class LayersFuzz {

  private LayersFuzz() {}

  /** An input is the text. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, UTF_8);
    Reading.of(input.length, () -> Layer.parseAll(text)).ifPresent(LayersFuzz::check);
  }

  private static void check(List<Layer> layers) {
    String text =
        layers.isEmpty()
            ? "none"
            : layers.stream().map(Layer::name).collect(Collectors.joining(","));
    if (text.length() <= OutsideText.SETTING) { // elu is written elu(1), which is longer
      Reading.checkSame("The layers", layers, Reading.again(() -> Layer.parseAll(text)));
    }
  }
}
