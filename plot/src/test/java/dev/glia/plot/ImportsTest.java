package dev.glia.plot;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Imports go one way, and what is drawn knows nothing of networks. */
class ImportsTest {

  private static final String GLIA = "dev.glia.";

  /** The classes that lie where a figure does, which the tests' do not. */
  private static final JavaClasses PLOT =
      new ClassFileImporter()
          .importUrl(Figure.class.getProtectionDomain().getCodeSource().getLocation());

  /** Each package and which of ours it may import, itself aside. */
  static Stream<Arguments> packages() {
    return Stream.of(
        rule("plot.canvas"),
        rule("plot.axis", "plot.canvas"),
        rule("plot", "plot.axis", "plot.canvas", "internal.io"),
        rule(
            "plot.training",
            "plot",
            "activation",
            "layer",
            "metric",
            "model",
            "network",
            "preprocessing",
            "split",
            "table",
            "task",
            "training",
            "internal.text"));
  }

  private static Arguments rule(String name, String... mayImport) {
    return Arguments.of(GLIA + name, Stream.of(mayImport).map(other -> GLIA + other).toList());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageImportsOnlyThoseBelowIt(String name, List<String> mayImport) {
    String[] allowed = Stream.concat(Stream.of(name), mayImport.stream()).toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(name)
        .should()
        .dependOnClassesThat(resideInAPackage("dev.glia..").and(not(resideInAnyPackage(allowed))))
        .check(PLOT);
  }

  @Test
  void everyPackageHasItsRule() {
    List<Object> ruled = packages().map(arguments -> arguments.get()[0]).toList();
    assertThat(PLOT.stream().map(c -> (Object) c.getPackageName()).distinct().toList())
        .hasSameElementsAs(ruled);
  }
}
