package dev.ordinal.scheduler.submit;

import dev.ordinal.client.OrderId;
import dev.ordinal.scheduler.cluster.Task;
import dev.ordinal.scheduler.placement.Explanation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What a scheduler still has to do: each task is in it at most once. */
final class Agenda {
  /** In order; what comes back early is put in front. */
  private final Deque<Bundle> pending = new ArrayDeque<>();

  /** Refused ones, until the mirror shows why. */
  private final List<Bundle> waiting = new ArrayList<>();

  /** Tasks that fitted nowhere while other plans were under way that may come to nothing. */
  private final Deque<Doubtful> doubtful = new ArrayDeque<>();

  /**
   * A task that fits nowhere, perhaps.
   *
   * @param bundle of this task alone
   * @param explanation of the moment at which that was found
   */
  record Doubtful(Bundle bundle, Explanation explanation) {
    Task task() {
      return bundle.tasks().getFirst();
    }
  }

  Agenda(List<Task> tasks, int batch) {
    pending.addAll(Bundle.of(tasks, batch));
  }

  boolean isEmpty() {
    return pending.isEmpty() && waiting.isEmpty() && doubtful.isEmpty();
  }

  /** Takes the next bundle to propose: what was refused earlier and is ready, then what is new. */
  Optional<Bundle> next(OrderId known) {
    for (Iterator<Bundle> bundles = waiting.iterator(); bundles.hasNext(); ) {
      Bundle bundle = bundles.next();
      if (!known.isBefore(bundle.readyAt())) {
        bundles.remove();
        return Optional.of(bundle);
      }
    }
    return Optional.ofNullable(pending.poll());
  }

  /** Takes the next doubtful task, once nothing else is left to be done. */
  Optional<Doubtful> nextDoubtful() {
    return pending.isEmpty() && waiting.isEmpty()
        ? Optional.ofNullable(doubtful.poll())
        : Optional.empty();
  }

  /** Comes next, before everything else that is new. */
  void putFirst(List<Bundle> bundles) {
    bundles.reversed().forEach(pending::addFirst);
  }

  void putWaiting(Bundle bundle) {
    waiting.add(bundle);
  }

  void putDoubtful(Doubtful task) {
    doubtful.add(task);
  }
}
