package dev.ordinal.journal.validation;

import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Modifications in runs of neighbouring order IDs, each run sorted by key: a small log-structured
 * merge tree (O'Neil et al., 1996) whose levels are dropped by age and never read in order.
 *
 * <p>Adding is appending. What was added last is not sorted yet; {@value #SMALL_RUN} additions make
 * a small run, and the small runs are merged once they hold {@value #LARGE_RUN}. A question starts
 * at the latest run and ends at the first that has an answer, or that is older than what is asked
 * for: it costs a binary search for every run that is newer than the reader's snapshot.
 */
final class ModificationRuns {
  static final int SMALL_RUN = 256;
  static final int LARGE_RUN = 4096;

  private static final Comparator<KeyModification> BY_KEY =
      Comparator.comparing(KeyModification::key);

  /** Ascending by order ID. */
  private final List<KeyModification> unsorted = new ArrayList<>(SMALL_RUN);

  /** From old to new; all of them newer than the large ones. */
  private final Deque<Run> small = new ArrayDeque<>();

  /** From old to new. */
  private final Deque<Run> large = new ArrayDeque<>();

  private int smallSize;

  /** A change of one key. */
  record KeyModification(Key key, Modification modification) {
    long order() {
      return modification.order();
    }
  }

  /** Adds a modification that is not earlier than any before it. */
  void add(Key key, Modification modification) {
    unsorted.add(new KeyModification(key, modification));
    if (unsorted.size() == SMALL_RUN) {
      small.addLast(Run.of(unsorted));
      unsorted.clear();
      smallSize += SMALL_RUN;
      if (smallSize >= LARGE_RUN) {
        mergeSmall();
      }
    }
  }

  private void mergeSmall() {
    List<KeyModification> all = new ArrayList<>(smallSize);
    small.forEach(run -> all.addAll(Arrays.asList(run.sorted)));
    large.addLast(Run.of(all));
    small.clear();
    smallSize = 0;
  }

  /** Forgets what it can of the modifications through {@code order}: nobody asks for them. */
  void drop(long order) {
    while (!large.isEmpty() && large.getFirst().latest <= order) {
      large.removeFirst();
    }
  }

  /** The latest modification after {@code order} of a key in {@code range}; null: none. */
  @Nullable Modification latestIn(KeyRange range, long order) {
    for (int i = unsorted.size() - 1; i >= 0; i--) {
      KeyModification last = unsorted.get(i);
      if (last.order() <= order) {
        return null;
      }
      if (range.contains(last.key())) {
        return last.modification();
      }
    }
    Modification found = latestIn(small.descendingIterator(), range, order);
    return found != null ? found : latestIn(large.descendingIterator(), range, order);
  }

  private static @Nullable Modification latestIn(
      Iterator<Run> newestFirst, KeyRange range, long order) {
    while (newestFirst.hasNext()) {
      Run run = newestFirst.next();
      if (run.latest <= order) {
        return null;
      }
      Modification found = run.latestIn(range, order);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The last modification in the run of each of its keys, by key. */
  private static final class Run {
    private final KeyModification[] sorted;

    /** The highest order ID of the run. */
    private final long latest;

    private Run(KeyModification[] sorted, long latest) {
      this.sorted = sorted;
      this.latest = latest;
    }

    /** Of modifications that stand in ascending order for each key at least. */
    static Run of(List<KeyModification> modifications) {
      KeyModification[] all = modifications.toArray(KeyModification[]::new);
      long latest = 0;
      for (KeyModification one : all) {
        latest = Math.max(latest, one.order());
      }
      Arrays.sort(all, BY_KEY);
      int kept = 0;
      for (int i = 0; i < all.length; i++) {
        boolean superseded = i + 1 < all.length && all[i].key().equals(all[i + 1].key());
        if (!superseded) {
          all[kept++] = all[i];
        }
      }
      return new Run(kept == all.length ? all : Arrays.copyOf(all, kept), latest);
    }

    @Nullable Modification latestIn(KeyRange range, long order) {
      Modification found = null;
      long after = order;
      for (int i = firstFrom(range.start()); i < sorted.length; i++) {
        if (!range.contains(sorted[i].key())) {
          break;
        }
        if (sorted[i].order() > after) {
          found = sorted[i].modification();
          after = found.order();
        }
      }
      return found;
    }

    /** The place of the first key that is {@code start} or after it. */
    private int firstFrom(Key start) {
      int low = 0;
      int high = sorted.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (sorted[middle].key().compareTo(start) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
