package dev.glia.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void writesValuesOfAllKindsOnOneLine() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("text", "a \"b\" \\ c");
    map.put("whole", 3);
    map.put("number", 0.5);
    map.put("float", 0.1f);
    map.put("yes", true);
    map.put("nothing", null);
    map.put("list", List.of(1, "x"));
    map.put("array", new double[] {1, 2.5});
    map.put("empty", List.of());
    map.put("none", Map.of());
    assertThat(Json.write(map))
        .isEqualTo(
            "{\"text\":\"a \\\"b\\\" \\\\ c\",\"whole\":3,\"number\":0.5,\"float\":0.1,\"yes\":true,"
                + "\"nothing\":null,\"list\":[1,\"x\"],\"array\":[1,2.5],\"empty\":[],\"none\":{}}");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-7.0, -7",
    "1e7, 1.0E7",
    "1e-5, 1.0E-5",
    "-0.0, -0.0",
    "0.0, 0",
    "NaN, null",
    "Infinity, null",
    "-Infinity, null"
  })
  void writesNumbersShort(double number, String text) {
    assertThat(Json.write(number)).isEqualTo(text);
  }

  @Test
  void escapesWhatJsonAndJavaScriptDoNotTake() {
    assertThat(Json.write("\n\r\t\u0001\u2028\u2029 é 😀"))
        .isEqualTo("\"\\n\\r\\t\\u0001\\u2028\\u2029 é 😀\"");
  }

  @Test
  void refusesWhatJsonDoesNotHave() {
    assertThatThrownBy(() -> Json.write(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JSON has no class java.lang.Object");
  }

  @Test
  void readsValuesOfAllKinds() {
    assertThat(Json.read(" { \"a\" : [ 1 , -2.5e1 , true , false , null , \"x\" , { } , [ ] ] } "))
        .isEqualTo(
            Map.of(
                "a",
                Arrays.asList(1L, -25.0, true, false, null, "x", Map.of(), new ArrayList<>())));
    assertThat(Json.read("\"\\u00e9\\n\\/\\b\\f\\\\\"")).isEqualTo("é\n/\b\f\\");
    assertThat(Json.read("\"\\ud83d\\ude00\"")).isEqualTo("😀");
    assertThat(Json.read("0")).isEqualTo(0L);
    assertThat(Json.read("999999999999999999")).isEqualTo(999999999999999999L);
    assertThat(Json.read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(Json.read("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(Json.read("9223372036854775808")).isEqualTo(0x1p63);
    assertThat(Json.read("-0")).isEqualTo(0L);
    assertThat(Json.read("-0.0")).isEqualTo(-0.0);
  }

  @Test
  void keepsTheOrderOfKeys() {
    assertThat(((Map<?, ?>) Json.read("{\"z\":1,\"a\":2,\"m\":3}")).keySet().toArray())
        .containsExactly("z", "a", "m");
  }

  /** The text of a double is the shortest that gives the same double back. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, -0.0, 1e300, 4.9e-324, 123456789.123, -1, 1e22, 3e7})
  void whatIsWrittenIsReadBackAndWrittenTheSame(double number) {
    String text = Json.write(number);
    Number read = (Number) Json.read(text);
    assertThat(read.doubleValue()).isEqualTo(number);
    assertThat(Json.write(read)).isEqualTo(text);
  }

  @Test
  void nestedValuesAreReadBack() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("key \"\\ \n \u0007", List.of(Map.of("a", List.of()), "", -1L, 0.25));
    assertThat(Json.read(Json.write(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~              | expected more text at character 1, found the end of the text
          {               | expected more text at character 2
          [1              | expected more text
          [1 2]           | expected ',' at character 4, found '2'
          [1,]            | expected a value at character 4, found ']'
          [,1]            | expected a value
          {"a":1,}        | expected a key in quotes at character 8
          {"a" 1}         | expected ':'
          {a:1}           | expected a key in quotes
          {"a":1 "b":2}   | expected ','
          {"a":1,"a":2}   | expected another key than "a", which is there already
          nul             | expected a value
          truth           | expected a value
          01              | expected a value
          1.              | expected a value
          .5              | expected a value
          +1              | expected a value
          1e              | expected a value
          --1             | expected a value
          NaN             | expected a value
          1 1             | expected the end of the text at character 3
          "abc            | expected more text
          "\\x"            | expected an escape
          "\\u00g0"        | expected four hexadecimal digits
          "\\u００００"      | expected four hexadecimal digits
          "\\              | expected more text
          """)
  void refusesWhatIsNotJsonAndSaysWhere(String text, String message) {
    assertThatThrownBy(() -> Json.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("JSON: ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesControlCharactersInStrings() {
    assertThatThrownBy(() -> Json.read("\"a\nb\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no control character");
  }

  @Test
  void refusesDepthsThatWouldOverflowTheStack() {
    assertThat(Json.read("[".repeat(100) + "]".repeat(100))).isInstanceOf(List.class);
    assertThatThrownBy(() -> Json.read("[".repeat(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 100 levels");
    assertThatThrownBy(() -> Json.read("{\"a\":".repeat(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 100 levels");
  }

  @Test
  void readsNumbersAsLongAsADoubleCanBe() {
    String least = new BigDecimal(-Double.MIN_VALUE).toPlainString();
    assertThat(Json.read(least)).isEqualTo(-Double.MIN_VALUE);
    assertThat(Json.read("1" + "0".repeat(300))).isEqualTo(1e300);
    for (String text :
        List.of("1".repeat(1101), "0." + "0".repeat(100_000), "1e" + "0".repeat(2000))) {
      assertThatThrownBy(() -> Json.read("[" + text + "]"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected a number of at most 1100 characters at character 2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e309", "-1e309", "1e999999999999"})
  void refusesNumbersThatNoDoubleHolds(String text) {
    assertThatThrownBy(() -> Json.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("JSON: expected a number up to 1.8e308 at character 1");
  }

  @Test
  void takesNoMoreValuesThanItIsTold() {
    assertThat(Json.read("[1,{\"a\":[]}]", 4)).isEqualTo(List.of(1L, Map.of("a", List.of())));
    assertThatThrownBy(() -> Json.read("[1,{\"a\":[]}]", 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JSON: expected at most 3 values at character 9, found '['.");
  }

  @Test
  void controlCharactersAreWrittenAsTheirNumbers() {
    assertThat(Json.write("\u0001\u001f\u2028")).isEqualTo("\"\\u0001\\u001f\\u2028\"");
  }
}
