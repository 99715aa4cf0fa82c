package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: changes gather until a write may start, then leave as one group. Groups are
 * numbered without gaps, become durable in order, and at most {@link Settings#GROUPS_MAX} are open.
 */
final class Groups {
  /** No slot at all: what a group that appends nothing begins with. */
  private static final long NOWHERE = Long.MAX_VALUE;

  /**
   * A write under way, and what the disk will say once it is done.
   *
   * @param from the first slot that it appends
   */
  private record Open(long group, long startTick, long from, Durable durable) {}

  private final Outbox outbox;
  private final Ticks ticks;
  private final ArrayDeque<Open> open = new ArrayDeque<>();
  private List<Change> gathered = new ArrayList<>();
  private long gatheredFrom = NOWHERE;
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
    if (change instanceof Change.Append(LoggedEntry logged)) {
      gatheredFrom = Math.min(gatheredFrom, logged.slot());
    }
  }

  /** The group that holds every change made so far: what a message must wait for. */
  long current() {
    if (!gathered.isEmpty()) {
      return started + 1;
    }
    return open.isEmpty() ? Effect.NO_GROUP : started;
  }

  /** The group that holds the entry at {@code slot} as it stands in the log now, if not durable. */
  long holding(long slot) {
    if (gatheredFrom <= slot) {
      return started + 1;
    }
    long group = Effect.NO_GROUP;
    for (Open write : open) {
      if (write.from() <= slot) {
        group = write.group();
      }
    }
    return group;
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
    open.addLast(new Open(started, ticks.now(), gatheredFrom, durable));
    gathered = new ArrayList<>();
    gatheredFrom = NOWHERE;
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
