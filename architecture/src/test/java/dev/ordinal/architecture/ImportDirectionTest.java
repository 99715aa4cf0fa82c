package dev.ordinal.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.api.Test;

/**
 * Arrows point one way; most of them are Maven dependencies, these are the ones Maven cannot see.
 */
class ImportDirectionTest {
  @Test
  void packagesOfOneModuleFormNoCycle() {
    for (String module : new String[] {"consensus", "journal", "server", "client", "scheduler"}) {
      slices()
          .matching("dev.ordinal." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(House.production());
    }
  }

  @Test
  void consensusAndTheJournalDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.ordinal.consensus..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.ordinal.journal..")
        .check(House.production());
    noClasses()
        .that()
        .resideInAPackage("dev.ordinal.journal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.ordinal.consensus..")
        .check(House.production());
  }

  @Test
  void onlyTheServerAndTheSimulatorSeeTheInside() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.ordinal.client..",
            "dev.ordinal.scheduler..",
            "dev.ordinal.cli..",
            "dev.ordinal.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.ordinal.consensus..", "dev.ordinal.journal..", "dev.ordinal.server..")
        .check(House.production());
  }

  @Test
  void generatedCodeStaysAtTheDoors() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.ordinal.proto..",
            "dev.ordinal.client..",
            "dev.ordinal.server..",
            "dev.ordinal.journal.codec..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.ordinal.proto..")
        .check(House.production());
  }

  @Test
  void rocksDbIsKnownOnlyWhereItIsWrapped() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.ordinal.consensus.log..", "dev.ordinal.journal.store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rocksdb..")
        .check(House.production());
  }

  @Test
  void micrometerIsKnownOnlyWhereMetricsAreMade() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.ordinal.server.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .check(House.production());
  }
}
