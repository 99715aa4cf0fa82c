package dev.ordinal.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** Which packages are which: the map of ARCHITECTURE.md, in the form that the rules read. */
final class House {
  /** Same input, same output: the packages that decide. They do nothing else. */
  static final String[] PURE = {
    "dev.ordinal.consensus.entry..",
    "dev.ordinal.consensus.core..",
    "dev.ordinal.consensus.quorum..",
    "dev.ordinal.journal.outcome..",
    "dev.ordinal.journal.record..",
    "dev.ordinal.journal.retention..",
    "dev.ordinal.journal.state..",
    "dev.ordinal.journal.transaction..",
    "dev.ordinal.journal.validation..",
    "dev.ordinal.scheduler.cluster..",
    "dev.ordinal.scheduler.placement..",
    "dev.ordinal.server.membership..",
  };

  static final String[] CONSENSUS_CORE = {
    "dev.ordinal.consensus.entry..",
    "dev.ordinal.consensus.quorum..",
    "dev.ordinal.consensus.core..",
  };

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.ordinal");

  private House() {}

  /** Every class of the normal jars. */
  static JavaClasses production() {
    return PRODUCTION;
  }
}
