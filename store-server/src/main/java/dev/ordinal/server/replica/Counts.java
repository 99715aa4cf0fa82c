package dev.ordinal.server.replica;

import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.journal.outcome.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What this process has applied, and sent away, since it started; replayed slots included. */
public final class Counts {
  private final LongAdder committed = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder repeatsAtDoor = new LongAdder();
  private final Map<RefusalKind, LongAdder> refused = adders(RefusalKind.class);
  private final Map<RefusalKind, LongAdder> refusedAtDoor = adders(RefusalKind.class);
  private final Map<NotLogged, LongAdder> notLogged = adders(NotLogged.class);

  /** Why consensus did not take a command, or cannot tell what became of it. */
  public enum NotLogged {
    NOT_LEADER,
    OVERLOADED,
    TOO_LARGE,
    /** It may be in the log of the next leader. */
    UNDETERMINED
  }

  private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> kinds) {
    Map<K, LongAdder> adders = new EnumMap<>(kinds);
    for (K kind : kinds.getEnumConstants()) {
      adders.put(kind, new LongAdder());
    }
    return adders;
  }

  /** {@code orders} is how many order IDs the slot handed out: repeated answers have none. */
  void applied(List<Outcome> outcomes, long orders) {
    committed.add(orders);
    batches.increment();
    for (Outcome outcome : outcomes) {
      refused(outcome, refused);
    }
  }

  void refusedAtDoor(Outcome outcome) {
    refused(outcome, refusedAtDoor);
  }

  void repeatedAtDoor() {
    repeatsAtDoor.increment();
  }

  void notLogged(Verdict verdict) {
    switch (verdict) {
      case Verdict.NotLeader _ -> count(notLogged, NotLogged.NOT_LEADER);
      case Verdict.Overloaded _ -> count(notLogged, NotLogged.OVERLOADED);
      case Verdict.TooLarge _ -> count(notLogged, NotLogged.TOO_LARGE);
      case Verdict.Undetermined _ -> count(notLogged, NotLogged.UNDETERMINED);
      case Verdict.ReadableAt _, Verdict.OnMembership _ -> {}
    }
  }

  private static void refused(Outcome outcome, Map<RefusalKind, LongAdder> adders) {
    RefusalKind kind = RefusalKind.of(outcome);
    if (kind != null) {
      count(adders, kind);
    }
  }

  private static <K> void count(Map<K, LongAdder> adders, K kind) {
    Objects.requireNonNull(adders.get(kind)).increment();
  }

  /** Transactions that took effect. */
  public long committed() {
    return committed.sum();
  }

  /** Transactions that did not, each time that they were asked for. */
  public long refused() {
    return sum(refused);
  }

  /** Of {@link #refused()}. */
  public long refused(RefusalKind kind) {
    return sum(refused, kind);
  }

  /** Transactions that were sent away before they entered the log. */
  public long refusedAtDoor() {
    return sum(refusedAtDoor);
  }

  /** Of {@link #refusedAtDoor()}. */
  public long refusedAtDoor(RefusalKind kind) {
    return sum(refusedAtDoor, kind);
  }

  /** Recorded outcomes, told once more without a slot. */
  public long repeatsAtDoor() {
    return repeatsAtDoor.sum();
  }

  /** Commands that were not logged here, or not for certain. */
  public long notLogged(NotLogged reason) {
    return sum(notLogged, reason);
  }

  /** Slots. */
  public long batches() {
    return batches.sum();
  }

  private static long sum(Map<?, LongAdder> adders) {
    return adders.values().stream().mapToLong(LongAdder::sum).sum();
  }

  private static <K> long sum(Map<K, LongAdder> adders, K kind) {
    return Objects.requireNonNull(adders.get(kind)).sum();
  }
}
