package dev.glia.plot.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextFitTest {

  @Test
  void textThatFitsStaysWhole() {
    assertThat(TextFit.shorten("loss", TextStyle.LABEL, 100)).isEqualTo("loss");
  }

  @Test
  void longTextEndsInAnEllipsisAndFits() {
    String shortened = TextFit.shorten("a very long class name", TextStyle.LABEL, 80);

    assertThat(shortened).startsWith("a very").endsWith("…").doesNotContain(" …");
    assertThat(TextFit.width(shortened, TextStyle.LABEL)).isLessThanOrEqualTo(80);
  }

  @Test
  void aCharacterOfTwoUnitsIsNeverCutInHalf() {
    String shortened = TextFit.shorten("😀".repeat(50), TextStyle.LABEL, 61);

    assertThat(shortened).isEqualTo("😀".repeat(4) + "…");
  }

  @Test
  void boldTextIsWider() {
    assertThat(TextFit.width("loss", TextStyle.LABEL.heavy()))
        .isGreaterThan(TextFit.width("loss", TextStyle.LABEL));
  }

  @Test
  void inksForTextCanBeReadOnWhite() {
    for (int i = 0; i < 8; i++) {
      Ink ink = Palette.ink(i).forText();
      assertThat(ink.readableOnTop()).isEqualTo(Ink.WHITE);
    }
  }
}
