package dev.glia;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.glia.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a user of the library can name, a user can use: no internal type is in its way. */
class PublicApiTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .importUrl(Network.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void noPublicTypeHasAnInternalTypeInASignature() {
    List<String> found = new ArrayList<>();
    for (JavaClass type : CORE) {
      if (isInternal(type) || !isVisible(type)) {
        continue;
      }
      Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
          .filter(PublicApiTest::involvesInternal)
          .forEach(above -> found.add(type.getName() + " is a " + above.getName()));
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (isVisible(unit.getModifiers())
            && (involvesInternal(unit.getReturnType())
                || unit.getParameterTypes().stream().anyMatch(PublicApiTest::involvesInternal)
                || unit.getExceptionTypes().stream().anyMatch(PublicApiTest::isInternal))) {
          found.add(unit.getFullName());
        }
      }
      for (JavaField field : type.getFields()) {
        if (isVisible(field.getModifiers()) && involvesInternal(field.getType())) {
          found.add(field.getFullName());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  /** Also what its own class does not show: a nested class of a class that is not public. */
  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static boolean involvesInternal(JavaType type) {
    return type.getAllInvolvedRawTypes().stream().anyMatch(PublicApiTest::isInternal);
  }

  private static boolean isInternal(JavaClass type) {
    return type.getPackageName().startsWith("dev.glia.internal");
  }
}
