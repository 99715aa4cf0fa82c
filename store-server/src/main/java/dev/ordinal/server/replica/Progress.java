package dev.ordinal.server.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How far this replica has applied, and who waits for more. */
public final class Progress {
  private final NavigableMap<Long, List<Runnable>> waiting = new TreeMap<>();
  private volatile long order;
  private volatile long firstWaiting = Long.MAX_VALUE;

  Progress(long order) {
    this.order = order;
  }

  /** The last order ID that readers can see. */
  public long order() {
    return order;
  }

  /** Runs {@code then} once {@code wanted} is applied: here and now, or on the apply thread. */
  public void whenApplied(long wanted, Runnable then) {
    synchronized (waiting) {
      waiting.computeIfAbsent(wanted, _ -> new ArrayList<>()).add(then);
      firstWaiting = waiting.firstKey();
    }
    release();
  }

  /** Takes back a {@link #whenApplied}; nothing happens if it has run. */
  public void forget(long wanted, Runnable then) {
    synchronized (waiting) {
      List<Runnable> those = waiting.get(wanted);
      if (those != null && those.remove(then) && those.isEmpty()) {
        waiting.remove(wanted);
        firstWaiting = waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey();
      }
    }
  }

  void applied(long through) {
    order = through;
    release();
  }

  /** Who waits writes first and then looks; who applies writes first and then looks, too. */
  private void release() {
    while (firstWaiting <= order) {
      List<Runnable> due;
      synchronized (waiting) {
        if (waiting.isEmpty() || waiting.firstKey() > order) {
          return;
        }
        due = waiting.pollFirstEntry().getValue();
        firstWaiting = waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey();
      }
      due.forEach(Runnable::run);
    }
  }
}
