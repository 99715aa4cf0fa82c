package dev.ordinal.server.config;

import dev.ordinal.journal.store.StateMemory;
import dev.ordinal.journal.validation.Horizon;

/** How much memory a replica may take. */
public enum Profile {
  /** At most 512 MiB resident. */
  SMALL,
  /** A machine of its own, from 2 GiB. */
  LARGE;

  public StateMemory memory() {
    return switch (this) {
      case SMALL -> StateMemory.SMALL;
      case LARGE -> StateMemory.LARGE;
    };
  }

  /** Fixed when the cluster is formatted: verdicts depend on it, on every replica alike. */
  public Horizon.Limits horizon() {
    return switch (this) {
      case SMALL -> Horizon.Limits.SMALL;
      case LARGE -> Horizon.Limits.STANDARD;
    };
  }
}
