package dev.ordinal.consensus.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: changes gather until a write may start, then leave as one group. Groups are
 * numbered without gaps, become durable in order, and at most {@link Settings#GROUPS_MAX} are open.
 */
final class Groups {
  /** A write under way, and what the disk will say once it is done. */
  private record Open(long group, long startTick, Durable durable) {}

  private final Outbox outbox;
  private final Ticks ticks;
  private final ArrayDeque<Open> open = new ArrayDeque<>();
  private List<Change> gathered = new ArrayList<>();
  private long started;
  private long hint;

  /** Continues after group {@code durable}, whose decided hint is {@code hint}. */
  Groups(Outbox outbox, Ticks ticks, long durable, long hint) {
    this.outbox = outbox;
    this.ticks = ticks;
    this.started = durable;
    this.hint = hint;
  }

  void add(Change change) {
    gathered.add(change);
  }

  /** The group that holds every change made so far: what a message must wait for. */
  long current() {
    if (!gathered.isEmpty()) {
      return started + 1;
    }
    return open.isEmpty() ? Effect.NO_GROUP : started;
  }

  boolean mayStart() {
    return open.size() < Settings.GROUPS_MAX;
  }

  /** Whether everything so far is durable. */
  boolean isSettled() {
    return gathered.isEmpty() && open.isEmpty();
  }

  boolean isDurable(long group) {
    return open.isEmpty() ? group <= started : group < open.getFirst().group();
  }

  int openCount() {
    return open.size();
  }

  /**
   * Starts what has gathered as one group, if there is something and a write may start. {@code
   * durable} is what the disk says once all changes so far are on it; {@code decided} goes along as
   * the hint.
   */
  void start(Durable durable, long decided) {
    if (gathered.isEmpty() || !mayStart()) {
      return;
    }
    if (decided > hint) {
      hint = decided;
      gathered.add(new Change.SetDecided(decided));
    }
    started++;
    outbox.persist(started, gathered);
    open.addLast(new Open(started, ticks.now(), durable));
    gathered = new ArrayList<>();
  }

  /** Takes note that {@code group} is durable; null if that was known. */
  @Nullable Durable persisted(long group) {
    InvariantViolation.check(group <= started, "persisted group ≤ started group", group, started);
    Durable newest = null;
    while (!open.isEmpty() && open.getFirst().group() <= group) {
      newest = open.removeFirst().durable();
    }
    return newest;
  }

  /** For how many ticks the oldest open write has been under way; 0 if none is. */
  long oldestAge() {
    return open.isEmpty() ? 0 : ticks.now() - open.getFirst().startTick();
  }
}
