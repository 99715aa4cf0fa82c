package dev.ordinal.client;

/** What must not have changed since the snapshot of a transaction. */
public enum Mode {
  /** The keys and ranges that the transaction read, and those that it writes without blind. */
  KEYS,
  /** Anything: nothing at all may have committed since. */
  JOURNAL
}
