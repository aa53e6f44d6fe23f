package dev.verdant.ops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
  static final ArchRule CLIENT_SHOULD_KNOW_THE_PROTOCOL_ONLY =
      noClasses()
          .that()
          .resideInAPackage("dev.verdant.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.verdant.ledger..",
              "dev.verdant.memory..",
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
}
