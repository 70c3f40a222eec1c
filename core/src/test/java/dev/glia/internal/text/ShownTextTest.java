package dev.glia.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glia.internal.json.Json;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShownTextTest {

  private static final String ESC = "\u001b";
  private static final String TITLE = ESC + "]0;pwned\u0007"; // retitles a terminal

  @Test
  void whatATerminalObeysIsShown() {
    assertThat(ShownText.line("cat" + TITLE + "\r\n\tdog"))
        .isEqualTo("cat\\u001b]0;pwned\\u0007\\r\\n\\tdog");
    assertThat(ShownText.line("\u007f \u0085 \u009b31m")).isEqualTo("\\u007f \\u0085 \\u009b31m");
    assertThat(ShownText.line("a\u202egnp.exe\u2066\u2069\u200f\u2028\ufeff"))
        .isEqualTo("a\\u202egnp.exe\\u2066\\u2069\\u200f\\u2028\\ufeff");
    assertThat(ShownText.line("half: \ud83d")).isEqualTo("half: \\ud83d");
  }

  @Test
  void otherTextStaysAsItIs() {
    String family = "\ud83d\udc68\u200d\ud83d\udc69"; // two people and a joiner
    for (String text :
        new String[] {"", "C:\\data\\table.csv", "\u00e4\u05d0\u0645 \u4e2d", family}) {
      assertThat(ShownText.line(text)).isEqualTo(text);
    }
  }

  @Test
  void longTextKeepsBothEndsAndSaysWhatIsMissing() {
    String text = "line 3: expected a number, got \"" + "x".repeat(2_000_000) + "\". Mend it.";
    String line = ShownText.line(text);
    assertThat(line)
        .startsWith("line 3: expected a number, got \"xxx")
        .endsWith("xxx\". Mend it.")
        .contains("... (1,998,043 characters left out) ...")
        .hasSizeLessThan(2_100);
    assertThat(ShownText.line(TITLE.repeat(300_000))).hasSizeLessThan(12_100).doesNotContain(ESC);
    String emoji = "\ud83d\ude00".repeat(5_000);
    for (int most = 10; most < 20; most++) { // no half of one is left
      assertThat(ShownText.shortened("a" + emoji, most)).doesNotContain("\\u");
      assertThat(ShownText.shortened(emoji, most)).doesNotContain("\\u");
    }
    assertThat(ShownText.shortened("x".repeat(100), 100)).hasSize(100);
  }

  @Test
  void escapedJsonIsJsonOfTheSameValue() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 2_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i >= 0; i--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x2100));
      }
      String escaped = ShownText.escaped(Json.write(text.toString()));
      assertThat(Json.read(escaped)).as("seed %d", seed).isEqualTo(text.toString());
      assertThat(escaped.chars())
          .as("seed %d", seed)
          .noneMatch(c -> Character.isISOControl(c) || (c >= 0x202a && c <= 0x202e));
    }
  }

  @Test
  void aTraceIsFitToo() {
    String trace =
        ShownText.trace(
            new IllegalStateException(
                TITLE + "x".repeat(2_000_000), new IOException("cause\n" + ESC + "[2J")));
    assertThat(trace)
        .startsWith("java.lang.IllegalStateException: \\u001b]0;pwned\\u0007xxx")
        .contains("characters left out")
        .contains("\tat dev.glia.internal.text.ShownTextTest.aTraceIsFitToo(")
        .contains("Caused by: java.io.IOException: cause")
        .doesNotContain(ESC, "\\tat")
        .hasSizeLessThan(100_000);
  }
}
