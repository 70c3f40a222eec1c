package dev.glia.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedTest {

  private static final Named<String> SHAPES =
      new Named<String>("shape")
          .add("dot", "a dot")
          .add(
              "box",
              n -> "a box of " + n[0] + " x " + n[1],
              new Named.Parameter("width", 1),
              new Named.Parameter("height", 2));

  @ParameterizedTest
  @CsvSource({"dot", "' DOT '", "dot()", "'dot ( ) '"})
  void aNameAloneIsEnough(String text) {
    assertThat(SHAPES.parse(text)).isEqualTo("a dot");
  }

  @Test
  void argumentsHaveDefaults() {
    assertThat(SHAPES.parse("box")).isEqualTo("a box of 1.0 x 2.0");
    assertThat(SHAPES.parse("box(3)")).isEqualTo("a box of 3.0 x 2.0");
    assertThat(SHAPES.parse("box( -3.5 , 4e2 )")).isEqualTo("a box of -3.5 x 400.0");
    assertThat(SHAPES.names()).containsExactly("dot", "box");
  }

  @Test
  void aFormCanAskForTheParameters() {
    assertThat(SHAPES.parameters("box"))
        .containsExactly(Map.entry("width", 1.0), Map.entry("height", 2.0));
    assertThat(SHAPES.parameters("dot")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ring       | There is no shape "ring". There are: dot, box.
          dot(1)     | dot takes nothing in parentheses, got 1: (1).
          box(1,2,3) | box takes at most 2 (width, height) in parentheses, got 3: (1, 2, 3).
          box(wide)  | box(...) expects a number, got "wide".
          box(1,)    | box(...) expects a number, got "".
          box(NaN)   | box(...) expects a number, got "NaN".
          box(1e999) | box(...) expects a number, got "1e999".
          """)
  void whatCannotBeMeantGetsASentence(String text, String message) {
    assertThatThrownBy(() -> SHAPES.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void anArgumentMayBeACall() {
    assertThat(Call.parse("A( b(1,2), c ,d(e(3)))").arguments())
        .containsExactly("b(1,2)", "c", "d(e(3))");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "(1)",
        "box(",
        "box)",
        "box(1",
        "box((1))",
        "box(1) x",
        "a b",
        "a(b(1)",
        "a(b))",
        "a(),b()"
      })
  void whatIsNoCallGetsASentence(String text) {
    assertThatThrownBy(() -> Call.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected a name, or a name with arguments such as leaky_relu(0.05), got \""
                + text
                + "\".");
  }

  @Test
  void aCallIsReadInParts() {
    assertThat(Call.parse("Box( 1 ,2)")).isEqualTo(new Call("box", List.of("1", "2")));
    assertThat(Call.parse("box")).isEqualTo(new Call("box", List.of()));
  }

  @Test
  void aCallIsWrittenShort() {
    assertThat(Call.text("sgd")).isEqualTo("sgd");
    assertThat(Call.text("normal", -1, 0.5)).isEqualTo("normal(-1,0.5)");
    assertThat(Call.text("adam", 1e-8)).isEqualTo("adam(1.0E-8)");
  }
}
