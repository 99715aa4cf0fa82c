package dev.ordinal.journal.validation;

import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import org.jspecify.annotations.Nullable;

/** What changed when, as far back as the horizon. Verdicts on versions depend on nothing else. */
public interface Modifications {
  /** The oldest order ID after which modifications are known. */
  long horizon();

  /** The last order ID; 0 if nothing committed yet. */
  long lastOrder();

  /** The session of the last order ID; 0 without one. */
  long lastSession();

  /** The last change of {@code key}; null: none after the horizon. */
  @Nullable Modification lastOf(Key key);

  /**
   * The last change of anything in {@code range} after order ID {@code after}, which is not before
   * the horizon; null: there was none.
   */
  @Nullable Modification lastIn(KeyRange range, long after);
}
