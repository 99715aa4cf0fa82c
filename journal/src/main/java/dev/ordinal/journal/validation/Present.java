package dev.ordinal.journal.validation;

import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.List;

/** The state that guards, bounds and operations meet: the one before the transaction. */
public interface Present {
  /** What {@code key} holds; {@link KeyState#DELETED} if it does not exist. */
  KeyState state(Key key);

  LeasePresence leases();

  /** The first {@code max} existing keys of {@code range}, ascending. */
  List<Key> existing(KeyRange range, int max);
}
