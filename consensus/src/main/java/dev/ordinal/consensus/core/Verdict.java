package dev.ordinal.consensus.core;

/** What consensus says to a caller when it does not carry out, or need not log, what was asked. */
public sealed interface Verdict {
  /** Nothing was logged: this replica does not lead. {@code leader} is who may, 0 if unknown. */
  record NotLeader(int leader) implements Verdict {}

  /** Nothing was logged: {@code queued} commands (or reads, for a read) wait already. */
  record Overloaded(int queued) implements Verdict {}

  /** Nothing was logged: the command has {@code length} bytes, {@code lengthMax} are allowed. */
  record TooLarge(int length, int lengthMax) implements Verdict {}

  /** Leadership was lost while the command was in the log, undecided: it may still take effect. */
  record Undetermined() implements Verdict {}

  /** A read is linearizable once the state machine has applied {@code slot}. */
  record ReadableAt(long slot) implements Verdict {}
}
