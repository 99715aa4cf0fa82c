package dev.ordinal.client;

/** What became of one group of a transaction. */
public sealed interface GroupOutcome {
  /** Accepted, with the alternative of this index (from 0). */
  record Accepted(int alternative) implements GroupOutcome {}

  /** Refused. */
  record Refused(Refusal refusal) implements GroupOutcome {}

  /** Neither: other groups had decided the transaction before. */
  record NotJudged() implements GroupOutcome {}

  default boolean isAccepted() {
    return this instanceof Accepted;
  }
}
