package dev.ordinal.journal.outcome;

/** What became of one group. */
public sealed interface GroupOutcome {
  /** The alternative with this index was taken. */
  record Accepted(int alternative) implements GroupOutcome {}

  record Rejected(Refusal refusal) implements GroupOutcome {}

  /** Other groups decided the transaction before this one was looked at; early verdicts only. */
  record NotJudged() implements GroupOutcome {}
}
