package dev.ordinal.journal.validation;

import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The modifications after the horizon, by key and by range. Since it holds all of them, a key it
 * does not have was not changed after the horizon, and a verdict on versions needs no storage. The
 * role of the resolver's skip list in FoundationDB.
 *
 * <p>How many keys it holds is bounded by {@link Horizon.Limits}; what falls behind the horizon is
 * dropped as new transactions commit. At a start it is rebuilt from the records after the horizon.
 */
public final class ConflictIndex implements Modifications {
  private final Horizon.Limits limits;

  /** The last modification of every key changed after the horizon. */
  private final Map<Key, Modification> last = new HashMap<>();

  private final ModificationRuns runs = new ModificationRuns();

  /** What each transaction in (horizon, lastOrder] wrote, ascending by order ID. */
  private final Deque<WriteSet> window = new ArrayDeque<>();

  /** The sum over the window. */
  private long windowBytes;

  private long horizon;
  private long lastOrder;
  private long lastSession;

  private record WriteSet(List<Key> keys, long bytes) {}

  /**
   * The index of a journal that ends at {@code horizon}; records after it are added by {@link
   * #committed}.
   *
   * @param lastSession the session of the last record there is
   */
  public ConflictIndex(Horizon horizon, long lastSession) {
    this.limits = horizon.limits();
    this.horizon = horizon.order();
    this.lastOrder = horizon.order();
    this.lastSession = lastSession;
  }

  @Override
  public long horizon() {
    return horizon;
  }

  @Override
  public long lastOrder() {
    return lastOrder;
  }

  @Override
  public long lastSession() {
    return lastSession;
  }

  @Override
  public @Nullable Modification lastOf(Key key) {
    return last.get(key);
  }

  @Override
  public @Nullable Modification lastIn(KeyRange range, long after) {
    return runs.latestIn(range, after);
  }

  /** Adds what the transaction at {@code order}, which is the next order ID, changed. */
  public void committed(long order, long session, List<Effect> effects) {
    if (order != lastOrder + 1) {
      throw new IllegalStateException(
          "order ID %d cannot follow order ID %d".formatted(order, lastOrder));
    }
    lastOrder = order;
    lastSession = session;
    Modification written = new Modification(order, session, false);
    Modification deleted = new Modification(order, session, true);
    List<Key> keys = new ArrayList<>(effects.size());
    long bytes = 0;
    for (Effect effect : effects) {
      Modification modification = effect.state().exists() ? written : deleted;
      last.put(effect.key(), modification);
      runs.add(effect.key(), modification);
      keys.add(effect.key());
      bytes += Horizon.Limits.bytesOf(effect.key().length());
    }
    window.addLast(new WriteSet(keys, bytes));
    windowBytes += bytes;
    while (lastOrder - horizon > limits.ordersMax() || windowBytes > limits.bytesMax()) {
      raiseHorizon();
    }
  }

  private void raiseHorizon() {
    WriteSet dropped = window.removeFirst();
    horizon++;
    windowBytes -= dropped.bytes();
    for (Key key : dropped.keys()) {
      Modification modification = last.get(key);
      if (modification != null && modification.order() == horizon) {
        last.remove(key);
      }
    }
    runs.drop(horizon);
  }
}
