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

/** What a user of the library can see is made of what a user can see: no internal type is in it. */
class PublicApiTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .importUrl(Network.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void noPublicSignatureHasATypeThatUsersCannotSee() {
    List<String> found = new ArrayList<>();
    for (JavaClass type : CORE) {
      if (!isVisible(type)) {
        continue;
      }
      Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
          .filter(PublicApiTest::involvesHidden)
          .forEach(above -> found.add(type.getName() + " is a " + above.getName()));
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (isVisible(unit.getModifiers())
            && (involvesHidden(unit.getReturnType())
                || unit.getParameterTypes().stream().anyMatch(PublicApiTest::involvesHidden)
                || unit.getExceptionTypes().stream().anyMatch(PublicApiTest::isHidden))) {
          found.add(unit.getFullName());
        }
      }
      for (JavaField field : type.getFields()) {
        if (isVisible(field.getModifiers()) && involvesHidden(field.getType())) {
          found.add(field.getFullName());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && !type.getPackageName().startsWith("dev.glia.internal")
        && type.getEnclosingClass().map(PublicApiTest::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static boolean involvesHidden(JavaType type) {
    return type.getAllInvolvedRawTypes().stream().anyMatch(PublicApiTest::isHidden);
  }

  private static boolean isHidden(JavaClass type) {
    return type.getPackageName().startsWith("dev.glia") && !isVisible(type);
  }
}
