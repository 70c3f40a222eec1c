package dev.glia.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glia.activation.Activation;
import dev.glia.initializer.Initializer;
import dev.glia.loss.Loss;
import dev.glia.optimizer.Optimizer;
import dev.glia.preprocessing.Scaler;
import java.util.function.Function;

/** What settings name, with or without numbers in parentheses: its name gives it again. */
public final class CallsFuzz {

  private CallsFuzz() {}

  /** An input is the text. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, UTF_8);
    check(text, Activation::parse, Activation::name);
    check(text, Loss::parse, Loss::name);
    check(text, Optimizer::parse, Optimizer::name);
    check(text, Initializer::parse, Initializer::name);
    check(text, Scaler.Kind::of, Scaler.Kind::id);
  }

  private static <T> void check(String text, Function<String, T> parser, Function<T, String> name) {
    Reading.of(text.length(), () -> parser.apply(text))
        .ifPresent(thing -> {
          T again = Reading.again(() -> parser.apply(name.apply(thing)));
          Reading.checkSame("What \"" + text + "\" names", thing, again);
        });
  }
}
