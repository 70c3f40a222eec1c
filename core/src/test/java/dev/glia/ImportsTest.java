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

  /** The classes that lie where a class of core does, which the tests' do not. */
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .importUrl(Network.class.getProtectionDomain().getCodeSource().getLocation());

  /** Each package and which of ours it may import, itself aside. */
  static Stream<Arguments> packages() {
    String kernel = "dev.glia.internal.kernel";
    String io = "dev.glia.internal.io";
    String text = "dev.glia.internal.text";
    String json = "dev.glia.internal.json";
    String data = "dev.glia.data";
    String network = "dev.glia.network";
    String metric = "dev.glia.metric";
    String preprocessing = "dev.glia.preprocessing";
    String task = "dev.glia.task";
    String schedule = "dev.glia.schedule";
    String penalty = "dev.glia.penalty";
    String training = "dev.glia.training";
    String model = "dev.glia.model";
    return Stream.of(
        Arguments.of(kernel, List.of()),
        Arguments.of(io, List.of()),
        Arguments.of(text, List.of()),
        Arguments.of(json, List.of(text)),
        Arguments.of(data, List.of(io, text, json)),
        Arguments.of(network, List.of(kernel, io, text, json, data)),
        Arguments.of(metric, List.of(data, network)),
        Arguments.of(preprocessing, List.of(text, json, data)),
        Arguments.of(task, List.of(text, json, data, network, metric)),
        Arguments.of(schedule, List.of(text, metric)),
        Arguments.of(penalty, List.of(text)),
        Arguments.of(
            training,
            List.of(kernel, io, text, json, data, network, metric, task, schedule, penalty)),
        Arguments.of(
            model,
            List.of(
                kernel,
                io,
                text,
                json,
                data,
                network,
                metric,
                preprocessing,
                task,
                schedule,
                penalty,
                training)),
        Arguments.of(
            "dev.glia.doctor",
            List.of(
                kernel,
                io,
                text,
                json,
                data,
                network,
                metric,
                preprocessing,
                task,
                schedule,
                penalty,
                training,
                model)));
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
