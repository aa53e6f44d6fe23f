package dev.verdant.ledger;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The ledger is a pure function: nothing it depends on can make two replays differ. */
class LedgerDependenciesTest {
  private static final JavaClasses LEDGER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.verdant.ledger", "dev.verdant.memory");

  @Test
  void shouldDependOnNoInputOrOutput() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.io..", "java.nio.file..", "java.nio.channels..", "java.net.."));
  }

  @Test
  void shouldReadNoClock() {
    check(noClasses().should().callMethod(System.class, "currentTimeMillis"));
    check(noClasses().should().callMethod(System.class, "nanoTime"));
    check(
        noClasses()
            .should()
            .callMethodWhere(
                target(name("now")).and(target(owner(resideInAPackage("java.time.."))))));
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(java.time.Clock.class, java.util.Date.class));
  }

  @Test
  void shouldKnowNoThreadsOrLocks() {
    check(
        noClasses().should().dependOnClassesThat().belongToAnyOf(Thread.class, ThreadLocal.class));
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "java\\.util\\.concurrent\\.(locks\\..*|.*Executor.*|.*Future.*|.*Queue.*)"));
  }

  @Test
  void shouldDrawNoRandomNumbers() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.(Random|SplittableRandom|ThreadLocalRandom|SecureRandom)"));
    check(noClasses().should().callMethod(Math.class, "random"));
  }

  @Test
  void shouldKeepNoFloatingPoint() {
    check(
        fields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("dev.verdant.ledger..", "dev.verdant.memory..")
            .should()
            .notHaveRawType(double.class)
            .andShould()
            .notHaveRawType(float.class));
  }

  private static void check(ArchRule rule) {
    rule.check(LEDGER);
  }
}
