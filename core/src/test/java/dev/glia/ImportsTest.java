package dev.glia;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.glia.network.Network;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Imports go one way, as DESIGN.md draws it. */
class ImportsTest {

  private static final String GLIA = "dev.glia.";

  /** The classes that lie where a class of core does, which the tests' do not. */
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .importUrl(Network.class.getProtectionDomain().getCodeSource().getLocation());

  /** Each package and which of ours it may import, itself aside: those above it alone. */
  static Stream<Arguments> packages() {
    return Stream.of(
        rule("internal.kernel"),
        rule("internal.io"),
        rule("internal.text"),
        rule("random"),
        rule("internal.json", "internal.text"),
        rule("compute", "internal.kernel"),
        rule("table", "internal.text"),
        rule("activation", "compute", "internal.text"),
        rule("initializer", "activation", "random", "internal.text"),
        rule("layer", "activation", "compute", "internal.kernel", "internal.text"),
        rule(
            "network",
            "activation",
            "compute",
            "initializer",
            "layer",
            "random",
            "table",
            "internal.kernel"),
        rule("source", "random", "table"),
        rule("image", "table", "internal.io", "internal.text"),
        rule("format", "reading", "table", "internal.io", "internal.text"),
        rule("split", "random", "table", "internal.text"),
        rule("preprocessing", "table", "internal.json", "internal.text"),
        rule("metric", "table", "internal.text"),
        rule(
            "task",
            "activation",
            "metric",
            "preprocessing",
            "split",
            "table",
            "internal.json",
            "internal.text"),
        rule("reading", "table", "task", "internal.text"),
        rule("loss", "activation", "compute", "internal.text"),
        rule("optimizer", "internal.text"),
        rule("penalty", "internal.text"),
        rule("schedule", "metric", "internal.text"),
        rule("stopping", "metric", "internal.text"),
        rule(
            "training",
            "activation",
            "compute",
            "layer",
            "loss",
            "metric",
            "network",
            "optimizer",
            "penalty",
            "random",
            "schedule",
            "stopping",
            "table",
            "task",
            "internal.io",
            "internal.kernel",
            "internal.text"),
        rule(
            "inspection",
            "activation",
            "compute",
            "layer",
            "loss",
            "network",
            "optimizer",
            "training"),
        rule(
            "model",
            "activation",
            "compute",
            "initializer",
            "layer",
            "loss",
            "metric",
            "network",
            "optimizer",
            "preprocessing",
            "random",
            "schedule",
            "split",
            "stopping",
            "table",
            "task",
            "training",
            "internal.io",
            "internal.json",
            "internal.text"),
        rule(
            "doctor",
            "activation",
            "compute",
            "initializer",
            "inspection",
            "layer",
            "loss",
            "metric",
            "model",
            "network",
            "optimizer",
            "preprocessing",
            "reading",
            "split",
            "stopping",
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
        .check(CORE);
  }

  @Test
  void everyPackageHasItsRule() {
    List<Object> ruled = packages().map(arguments -> arguments.get()[0]).toList();
    assertThat(CORE.stream().map(c -> (Object) c.getPackageName()).distinct().toList())
        .hasSameElementsAs(ruled);
  }

  @Test
  void noPackagesImportEachOther() {
    SlicesRuleDefinition.slices().matching("dev.glia.(**)").should().beFreeOfCycles().check(CORE);
  }

  /** So that a JVM without the incubator module never has to load what it lacks. */
  @Test
  void onlyTheVectorKernelTouchesTheVectorApi() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Vector")
        .or()
        .resideOutsideOfPackage("dev.glia.internal.kernel")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator..")
        .check(CORE);
  }

  @Test
  void coreDependsOnTheJdkAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.glia..",
            "java..",
            "javax.net.ssl..",
            "jdk.incubator.vector..",
            "org.jspecify.annotations..")
        .check(CORE);
  }
}
