package dev.glia.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glia.source.BuiltIn.Parameter;
import dev.glia.table.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInTest {

  static List<BuiltIn> all() {
    return BuiltIn.all();
  }

  private static BuiltIn named(String name) {
    return BuiltIn.named(name).orElseThrow();
  }

  @Test
  void thereAreEightInTheirOrder() {
    assertThat(BuiltIn.all().stream().map(BuiltIn::name))
        .containsExactly("moons", "circles", "blobs", "spirals", "xor", "sine", "hills", "digits");
    assertThat(BuiltIn.named("suns")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void itsDefaultsAndItsFormMakeRows(BuiltIn builtIn) {
    Table data = builtIn.generator().generate();
    assertThat(data.name()).isEqualTo(builtIn.name());
    assertThat(builtIn.description()).isNotBlank();
    for (Parameter parameter : builtIn.parameters()) {
      parameter.check(parameter.value());
      assertThat(parameter.description()).endsWith(".");
      double most = parameter.name().equals("samples") ? parameter.least() : parameter.most();
      for (double value : new double[] {parameter.least(), most}) {
        parameter.check(value);
        assertThat(builtIn.generator(Map.of(parameter.name(), value), true).generate().rows())
            .isPositive();
      }
    }
  }

  @Test
  void aParameterThatIsGivenIsTaken() {
    assertThat(named("moons").generator()).isEqualTo(Moons.article());
    assertThat(named("digits").generator()).isEqualTo(Digits.standard());
    assertThat(named("blobs").generator()).isEqualTo(new Blobs(300, 3, 1, true, 0));
    Map<String, Number> given =
        Map.of("samples", 50, "noise", 0.5, "centers", 4, "data-seed", 4294967295L);
    assertThat(named("blobs").generator(given, false))
        .isEqualTo(new Blobs(50, 4, 0.5, false, 4294967295L));
    assertThat(named("sine").generator(Map.of("noise", 0), true))
        .isEqualTo(new Sine(200, 0, true, 0));
    assertThat(named("hills").generator(Map.of("samples", 7), false))
        .isEqualTo(new Hills(7, 0.05, false, 0));
  }

  @Test
  void onlyBlobsHaveCentres() {
    assertThat(BuiltIn.all().stream().filter(b -> b.parameter("centers").isPresent()))
        .containsExactly(named("blobs"));
    assertThat(named("blobs").parameters().stream().map(Parameter::name))
        .containsExactly("samples", "noise", "centers", "data-seed");
    assertThatThrownBy(() -> named("moons").generator(Map.of("centers", 2), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("moons has no parameter \"centers\": it has samples, noise, data-seed.");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> named("moons").generator(Map.of("samples", 20.5), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("samples of moons must be a whole number, got 20.5.");
    assertThatThrownBy(() -> named("moons").generator(Map.of("data-seed", Double.NaN), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data-seed of moons must be a whole number, got NaN.");
    assertThatThrownBy(() -> named("moons").generator(Map.of("noise", -1), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("moons needs a noise of at least 0, got -1.0.");
    assertThatThrownBy(() -> named("moons").generator(Map.of("samples", 1L << 40), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("moons makes at most 100000000 samples");
  }

  @Test
  void aFormSaysWhatItOffers() {
    Parameter centers = named("blobs").parameter("centers").orElseThrow();
    centers.check(8);
    for (double value : new double[] {1, 9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> centers.check(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("centers must be a whole number from 2 to 8, got ");
    }
    assertThatThrownBy(() -> centers.check(2.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("centers must be a whole number from 2 to 8, got 2.5.");
    Parameter noise = named("moons").parameter("noise").orElseThrow();
    noise.check(0.123);
    assertThatThrownBy(() -> noise.check(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("noise must be a number from 0 to 0.8, got 1.");
  }
}
