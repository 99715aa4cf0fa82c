package dev.ordinal.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.ordinal.architecture.planted.IteratesInSaltedOrder;
import dev.ordinal.architecture.planted.ReadsAClock;
import dev.ordinal.architecture.planted.RemembersInAStatic;
import java.util.List;
import org.junit.jupiter.api.Test;

class PurityTest {
  @Test
  void whatDecidesTouchesNothingThatChangesFromRunToRun() {
    Purity.pure(House.PURE).check(House.production());
  }

  @Test
  void thePureListNamesOnlyPackagesThatExist() {
    for (String pattern : House.PURE) {
      DescribedPredicate<JavaClass> inside = JavaClass.Predicates.resideInAPackage(pattern);
      assertThat(House.production().stream().anyMatch(inside)).as(pattern).isTrue();
    }
  }

  @Test
  void theConsensusCoreKnowsOnlyTheLanguageAndSha256() {
    ArchRuleDefinition.classes()
        .that()
        .resideInAnyPackage(House.CONSENSUS_CORE)
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(House.CONSENSUS_CORE)
                .or(JavaClass.Predicates.resideInAnyPackage("java.lang..", "org.jspecify.."))
                .or(JavaClass.Predicates.resideInAnyPackage("java.util..", "java.nio"))
                .or(JavaClass.Predicates.resideInAPackage("java.nio.charset"))
                .or(JavaClass.Predicates.resideInAPackage("java.security")))
        .check(House.production());
  }

  @Test
  void eachPlantedImpurityIsNoticed() {
    List<Class<?>> impure =
        List.of(ReadsAClock.class, IteratesInSaltedOrder.class, RemembersInAStatic.class);
    for (Class<?> planted : impure) {
      JavaClasses classes = new ClassFileImporter().importClasses(planted);
      assertThatThrownBy(() -> Purity.pure("dev.ordinal.architecture.planted..").check(classes))
          .as(planted.getSimpleName())
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(planted.getSimpleName());
    }
  }
}
