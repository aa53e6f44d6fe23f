package dev.verdant.ops;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.verdant.thread.BackgroundThread;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

@AnalyzeClasses(packages = "dev.verdant", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule NOTHING_SHOULD_KNOW_OPERATIONS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.verdant.ops..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.verdant.ops..");

  @ArchTest
  static final ArchRule PROTOCOL_SHOULD_KNOW_NO_OTHER_ROOM =
      noClasses()
          .that()
          .resideInAPackage("dev.verdant.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.verdant.ledger..",
              "dev.verdant.memory..",
              "dev.verdant.thread..",
              "dev.verdant.pipeline..",
              "dev.verdant.gateway..",
              "dev.verdant.client..",
              "dev.verdant.journal..");

  @ArchTest
  static final ArchRule LEDGER_SHOULD_KNOW_PROTOCOL_AND_MEMORY_ONLY =
      noClasses()
          .that()
          .resideInAPackage("dev.verdant.ledger..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.verdant.thread..",
              "dev.verdant.pipeline..",
              "dev.verdant.gateway..",
              "dev.verdant.client..",
              "dev.verdant.journal..");

  @ArchTest
  static final ArchRule PIPELINE_SHOULD_KNOW_THE_JOURNAL_AS_AN_INTERFACE_ONLY =
      noClasses()
          .that()
          .resideInAnyPackage("dev.verdant.pipeline..", "dev.verdant.gateway..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.verdant.client..", "dev.verdant.journal..");

  @ArchTest
  static final ArchRule THREADS_SHOULD_KNOW_THE_PACE_OF_READERS_ONLY =
      noClasses()
          .that()
          .resideInAPackage("dev.verdant.thread..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.verdant.protocol..",
              "dev.verdant.ledger..",
              "dev.verdant.pipeline..",
              "dev.verdant.gateway..",
              "dev.verdant.client..",
              "dev.verdant.journal..");

  @ArchTest
  static final ArchRule CLIENT_SHOULD_KNOW_THE_PROTOCOL_ONLY =
      noClasses()
          .that()
          .resideInAPackage("dev.verdant.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.verdant.ledger..",
              "dev.verdant.memory..",
              "dev.verdant.thread..",
              "dev.verdant.pipeline..",
              "dev.verdant.gateway..",
              "dev.verdant.journal..");

  @ArchTest
  static final ArchRule JOURNAL_SHOULD_NOT_KNOW_SOCKETS =
      noClasses()
          .that()
          .resideInAPackage("dev.verdant.journal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.verdant.client..", "dev.verdant.gateway..");

  @ArchTest
  static final ArchRule JOURNAL_SHOULD_BE_BUILT_IN_LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.verdant.journal..")
          .layer("directory")
          .definedBy("dev.verdant.journal")
          .layer("verify")
          .definedBy("dev.verdant.journal.verify")
          .layer("recovery")
          .definedBy("dev.verdant.journal.recovery")
          .layer("scan")
          .definedBy("dev.verdant.journal.scan")
          .layer("append")
          .definedBy("dev.verdant.journal.append")
          .layer("log")
          .definedBy("dev.verdant.journal.log")
          .layer("snapshot")
          .definedBy("dev.verdant.journal.snapshot")
          .layer("disk")
          .definedBy("dev.verdant.journal.disk")
          .layer("codec")
          .definedBy("dev.verdant.journal.codec")
          .whereLayer("directory")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("verify")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("recovery")
          .mayOnlyBeAccessedByLayers("verify", "directory")
          .whereLayer("scan")
          .mayOnlyBeAccessedByLayers("recovery", "verify", "directory")
          .whereLayer("append")
          .mayOnlyBeAccessedByLayers("recovery", "directory")
          .whereLayer("append")
          .mayOnlyAccessLayers("log", "disk", "codec")
          .whereLayer("log")
          .mayOnlyBeAccessedByLayers("scan", "append", "recovery", "verify", "directory")
          .whereLayer("snapshot")
          .mayOnlyAccessLayers("disk", "codec")
          .whereLayer("disk")
          .mayNotAccessAnyLayer();

  /** {@code ops/etc/jvm.options} has the whole process speak English; this is for figures alone. */
  @ArchTest
  static final ArchRule OPERATIONS_SHOULD_NOT_FORMAT_IN_THE_LANGUAGE_OF_THE_MACHINE =
      noClasses()
          .that()
          .resideInAPackage("dev.verdant.ops..")
          .and()
          .resideOutsideOfPackage("dev.verdant.ops.verify..")
          .should()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "printf", String.class, Object[].class);

  @ArchTest
  static final ArchRule SNAPSHOTS_AND_BULK_READS_SHOULD_RUN_IN_THE_BACKGROUND =
      classes()
          .that()
          .haveNameMatching(".*\\.(BulkReaders|SnapshotTaker)")
          .should()
          .callConstructor(BackgroundThread.class, Runnable.class, String.class)
          .because("what else wakes up must take their place, not that of a thread of commands");

  /**
   * As long as a process has one kind of buffer, a compiler takes every buffer for it. The first of
   * another kind makes it throw away what it has compiled so: almost all that an order runs
   * through.
   */
  @ArchTest
  static final ArchRule WHAT_RUNS_BESIDE_A_LEDGER_SHOULD_HAVE_ONE_KIND_OF_BUFFER =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.verdant.client..")
          .should()
          .dependOnClassesThat(
              assignableTo(DirectBuffer.class)
                  .and(not(INTERFACES))
                  .and(not(equivalentTo(UnsafeBuffer.class))));
}
