package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.InvariantViolation;
import dev.ordinal.consensus.log.LogFailure;

/**
 * How a replica ends itself when it cannot go on safely; production calls {@link Runtime#halt},
 * which runs no shutdown hook that could still write.
 */
@FunctionalInterface
public interface Halt {
  /** Called once a driver, from the thread that failed. The failure is logged already. */
  void halt(Reason reason, Throwable failure);

  /** Why, and what the process tells its supervisor. */
  enum Reason {
    /** An exception that nobody expected. */
    UNEXPECTED(70),
    /** Something happened that the protocol rules out. */
    INVARIANT(71),
    /** The disk of the log refused. */
    STORAGE(74),
    /** The log holds what was never written. */
    CORRUPT_LOG(75);

    private final int exitCode;

    Reason(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }

    static Reason of(Throwable failure) {
      return switch (failure) {
        case InvariantViolation _ -> INVARIANT;
        case LogFailure log ->
            switch (log.kind()) {
              case STORAGE -> STORAGE;
              case CORRUPT -> CORRUPT_LOG;
            };
        default -> UNEXPECTED;
      };
    }
  }
}
