package dev.ordinal.journal.state;

import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.store.StateStore;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.validation.Horizon;
import dev.ordinal.journal.validation.Modification;
import dev.ordinal.journal.validation.Modifications;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What changed when, read from storage each time it is asked: the oracle for an index (I21). It
 * sees what is written, so its machine must apply one command a slot.
 */
final class StoredModifications implements Modifications {
  private final StateStore stored;

  StoredModifications(StateStore stored) {
    this.stored = stored;
  }

  @Override
  public long lastOrder() {
    return stored.head().order().order();
  }

  @Override
  public long lastSession() {
    return stored.head().order().session();
  }

  @Override
  public long horizon() {
    Horizon.Limits limits = stored.head().horizon().limits();
    long bytes = 0;
    for (JournalRecord record : kept().reversed()) {
      for (Effect effect : record.effects()) {
        bytes += Horizon.Limits.bytesOf(effect.key().length());
      }
      if (bytes > limits.bytesMax() || lastOrder() - record.order() >= limits.ordersMax()) {
        return record.order();
      }
    }
    return stored.collectedThrough();
  }

  /** What was collected lies before the horizon, and no verdict asks for it. */
  private List<JournalRecord> kept() {
    return stored.recordsAfter(stored.collectedThrough(), Integer.MAX_VALUE);
  }

  @Override
  public @Nullable Modification lastOf(Key key) {
    return last(key::equals);
  }

  @Override
  public @Nullable Modification lastIn(KeyRange range, long after) {
    Modification last = last(range::contains);
    return last == null || last.order() <= after ? null : last;
  }

  private @Nullable Modification last(Predicate<Key> keys) {
    for (JournalRecord record : kept().reversed()) {
      for (Effect effect : record.effects()) {
        if (keys.test(effect.key())) {
          return new Modification(
              record.order(), record.origin().session(), !effect.state().exists());
        }
      }
    }
    return null;
  }
}
