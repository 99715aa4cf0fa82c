package dev.ordinal.journal.model;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Tenure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Leases as the contract tells them: every question is answered by looking at all of them. */
public final class ModelLeases {
  private final int leasesMax;
  private final int keysMax;
  private final int leaseKeysMax;
  private final long leaseKeyBytesMax;
  private final int endsMax;
  private final Map<Long, ModelLease> alive = new TreeMap<>();
  private long made;

  /** A lease that was renewed since the last tick has no deadline. */
  private static final class ModelLease {
    private final long id;
    private final NavigableSet<Key> keys = new TreeSet<>();
    private long ttl;
    private @Nullable Long deadline;

    private ModelLease(long id, long ttl) {
      this.id = id;
      this.ttl = ttl;
    }
  }

  public ModelLeases(
      int leasesMax, int keysMax, int leaseKeysMax, long leaseKeyBytesMax, int endsMax) {
    this.leasesMax = leasesMax;
    this.keysMax = keysMax;
    this.leaseKeysMax = leaseKeysMax;
    this.leaseKeyBytesMax = leaseKeyBytesMax;
    this.endsMax = endsMax;
  }

  /** Which keys end with each lease. */
  public Map<Long, List<Key>> keys() {
    Map<Long, List<Key>> keys = new TreeMap<>();
    alive.forEach((id, lease) -> keys.put(id, List.copyOf(lease.keys)));
    return keys;
  }

  boolean isAlive(long lease) {
    return alive.containsKey(lease);
  }

  Outcome grant(Command.GrantLease command) {
    ModelLease lease = alive.get(command.lease());
    if (lease == null && alive.size() == leasesMax) {
      return new Outcome.LeasesFull(leasesMax);
    }
    if (lease == null) {
      lease = new ModelLease(command.lease(), command.ttlMillis());
      alive.put(lease.id, lease);
    }
    lease.ttl = command.ttlMillis();
    lease.deadline = null;
    return new Outcome.LeaseGranted(lease.id, lease.ttl);
  }

  List<Long> keepAlive(List<Long> ids) {
    ids.stream().filter(alive::containsKey).forEach(id -> lease(id).deadline = null);
    return ids.stream().filter(id -> !alive.containsKey(id)).toList();
  }

  private ModelLease lease(long id) {
    return Objects.requireNonNull(alive.get(id));
  }

  void settle(long clock) {
    for (ModelLease lease : alive.values()) {
      if (lease.deadline == null) {
        lease.deadline = clock + lease.ttl;
      }
    }
  }

  /** Ends what is due; the keys that have to go. */
  NavigableSet<Key> expire(long clock) {
    NavigableSet<Key> gone = new TreeSet<>();
    List<ModelLease> due =
        alive.values().stream()
            .filter(lease -> lease.deadline != null && lease.deadline <= clock)
            .sorted(
                Comparator.<ModelLease>comparingLong(lease -> lease.deadline)
                    .thenComparingLong(lease -> lease.id))
            .limit(endsMax)
            .toList();
    for (ModelLease lease : due) {
      NavigableSet<Key> then = new TreeSet<>(gone);
      then.addAll(lease.keys);
      boolean tooMuch = then.size() > leaseKeysMax || bytes(then) > leaseKeyBytesMax;
      if (tooMuch && !lease.equals(due.getFirst())) {
        break;
      }
      gone = then;
      alive.remove(lease.id);
    }
    return gone;
  }

  /** Its keys. */
  NavigableSet<Key> revoke(long id) {
    ModelLease lease = lease(id);
    alive.remove(id);
    return lease.keys;
  }

  /** Whether {@code key} can be put so by a transaction that already does {@code others}. */
  @Nullable Refusal check(Key key, Tenure tenure, Map<Key, Tenure> others) {
    long fresh = 1;
    long own = 1;
    NavigableSet<Key> toSame = new TreeSet<>();
    for (Map.Entry<Key, Tenure> other : others.entrySet()) {
      boolean isOther = !other.getKey().equals(key);
      fresh += isOther && isNew(other.getKey(), other.getValue()) ? 1 : 0;
      own += isOther && other.getValue() instanceof Tenure.Limited ? 1 : 0;
      if (isOther && other.getValue().equals(tenure)) {
        toSame.add(other.getKey());
      }
    }
    boolean roomForKeys = attached() + fresh <= keysMax;
    return switch (tenure) {
      case Tenure.Forever() -> null;
      case Tenure.Limited limited ->
          roomForKeys && alive.size() + own <= leasesMax ? null : new Refusal.LeaseFull(0);
      case Tenure.Leased(long id) -> {
        if (!alive.containsKey(id)) {
          yield new Refusal.LeaseEnded(id);
        }
        toSame.addAll(lease(id).keys);
        if (!toSame.add(key) && lease(id).keys.contains(key)) {
          yield null;
        }
        if (toSame.size() > leaseKeysMax || bytes(toSame) > leaseKeyBytesMax) {
          yield new Refusal.LeaseFull(id);
        }
        yield roomForKeys ? null : new Refusal.LeaseFull(0);
      }
    };
  }

  private boolean isNew(Key key, Tenure tenure) {
    return switch (tenure) {
      case Tenure.Forever() -> false;
      case Tenure.Limited limited -> true;
      case Tenure.Leased(long id) -> !lease(id).keys.contains(key);
    };
  }

  private long attached() {
    return alive.values().stream().mapToLong(lease -> lease.keys.size()).sum();
  }

  private static long bytes(NavigableSet<Key> keys) {
    return keys.stream().mapToLong(Key::length).sum();
  }

  /** What a transaction did to keys, ascending. */
  void wrote(Map<Key, Tenure> written) {
    Map<Long, Long> own = new TreeMap<>();
    written.forEach((key, tenure) -> {
      ModelLease next =
          switch (tenure) {
            case Tenure.Forever() -> null;
            case Tenure.Leased(long id) -> lease(id);
            case Tenure.Limited(long ttl) -> lease(own.computeIfAbsent(ttl, this::make));
          };
      for (ModelLease lease : new ArrayList<>(alive.values())) {
        boolean left = lease != next && lease.keys.remove(key);
        if (left && lease.id < 0 && lease.keys.isEmpty()) {
          alive.remove(lease.id);
        }
      }
      if (next != null) {
        next.keys.add(key);
      }
    });
  }

  private long make(long ttl) {
    made++;
    alive.put(-made, new ModelLease(-made, ttl));
    return -made;
  }
}
