package dev.ordinal.server.wiring;

import dev.ordinal.consensus.core.InvariantViolation;
import dev.ordinal.consensus.driver.StateMismatch;
import dev.ordinal.consensus.log.DirectoryRefused;
import dev.ordinal.consensus.log.LogFailure;
import dev.ordinal.journal.store.StateRefused;
import dev.ordinal.journal.store.StorageFailure;
import dev.ordinal.server.config.ConfigRefused;
import dev.ordinal.server.net.ListenFailure;

/** How a server ends: what its supervisor learns (docs/operations.md). */
public enum ExitCode {
  /** Stopped as asked. */
  OK(0),
  /** An argument or a configuration is wrong. */
  USAGE(2),
  /** The heap is full; the JVM itself exits so. */
  OUT_OF_MEMORY(3),
  /** The data directory was never formatted. */
  UNFORMATTED(10),
  /** There is something in the directory already. */
  NOT_EMPTY(11),
  /** The data directory belongs to another cluster or node. */
  OTHER_OWNER(12),
  /** The data directory was written by another version, in a format that this one cannot read. */
  OTHER_FORMAT(13),
  /** Another process has the data directory open. */
  IN_USE(14),
  /** Votes or state were lost or changed on the disk: this node must be replaced. */
  DAMAGED(15),
  /** An address cannot be listened on. */
  CANNOT_LISTEN(16),
  /** The state is damaged; if the log is whole, it can be made again from that. */
  STATE_DAMAGED(17),
  /** Something nobody expected. */
  UNEXPECTED(70),
  /** Something happened that the protocol rules out. */
  INVARIANT(71),
  /** The disk refused: no space, an I/O error, a failed sync. */
  STORAGE(74),
  /** The disk answered with what was never written. */
  CORRUPT(75);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static ExitCode of(Throwable failure) {
    return switch (failure) {
      case ConfigRefused _ -> USAGE;
      case DirectoryRefused refused -> of(refused.reason());
      case StateRefused refused -> of(refused.reason());
      case DamagedLog _, StateMismatch _ -> DAMAGED;
      case DamagedState _ -> STATE_DAMAGED;
      case ListenFailure _ -> CANNOT_LISTEN;
      case LogFailure log -> log.kind() == LogFailure.Kind.STORAGE ? STORAGE : CORRUPT;
      case StorageFailure state -> state.kind() == StorageFailure.Kind.STORAGE ? STORAGE : CORRUPT;
      case InvariantViolation _ -> INVARIANT;
      case OutOfMemoryError _ -> OUT_OF_MEMORY;
      default -> UNEXPECTED;
    };
  }

  /** Whether a person can act on the message alone, without a stack trace. */
  public boolean isExplained() {
    return this != UNEXPECTED && this != INVARIANT;
  }

  private static ExitCode of(DirectoryRefused.Reason reason) {
    return switch (reason) {
      case UNFORMATTED -> UNFORMATTED;
      case NOT_EMPTY -> NOT_EMPTY;
      case OTHER_OWNER -> OTHER_OWNER;
      case OTHER_FORMAT -> OTHER_FORMAT;
      case UNREADABLE -> DAMAGED;
      case IN_USE -> IN_USE;
    };
  }

  private static ExitCode of(StateRefused.Reason reason) {
    return switch (reason) {
      case UNFORMATTED -> UNFORMATTED;
      case NOT_EMPTY -> NOT_EMPTY;
      case OTHER_OWNER -> OTHER_OWNER;
      case NEWER_FORMAT -> OTHER_FORMAT;
      case IN_USE -> IN_USE;
      case DAMAGED -> DAMAGED;
    };
  }
}
