package dev.ordinal.journal.transaction;

/** What must not have moved since the snapshot. */
public enum Mode {
  /** Each key and range that a group read. */
  KEYS,
  /** Anything at all: the snapshot must be the last order ID. */
  JOURNAL
}
