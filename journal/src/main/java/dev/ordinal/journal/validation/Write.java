package dev.ordinal.journal.validation;

import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.transaction.Tenure;

/** What a transaction makes of a key, and how long that stays. */
public record Write(KeyState state, Tenure tenure) {
  public static final Write DELETED = new Write(KeyState.DELETED, Tenure.FOREVER);
}
