package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Tenure;
import dev.ordinal.journal.validation.LeasePresence;
import dev.ordinal.journal.validation.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The leases that are alive, and which keys end with each. A key ends with one lease at most, and
 * exists as long as it is attached: whoever writes it otherwise detaches it, and a lease that ends
 * gives its keys to be deleted in one order ID.
 *
 * <p>A lease is bounded so that its end fits into one transaction, see {@link Capacity.Leasing}.
 */
final class Leases implements LeasePresence {
  private static final long NONE = 0;

  private final Capacity.Leasing capacity;
  private final NavigableMap<Long, Lease> byId = new TreeMap<>();
  private final Map<Key, Lease> byKey = new HashMap<>();
  private final Deadlines deadlines = new Deadlines();

  /** How many leases the store has made of its own; the last one has this number, negated. */
  private long madeCount;

  private final NavigableMap<Long, Lease> touchedInSlot = new TreeMap<>();
  private List<LeaseChange> changes = new ArrayList<>();

  Leases(StateView stored, Capacity.Leasing capacity) {
    this.capacity = capacity;
    this.madeCount = stored.head().leasesMade();
    for (LeaseImage image : stored.leases()) {
      Lease lease = new Lease(image.header(), image.keys());
      byId.put(lease.id(), lease);
      deadlines.add(lease.id(), lease.deadlineMillis());
      image.keys().forEach(key -> byKey.put(key, lease));
    }
  }

  long madeCount() {
    return madeCount;
  }

  /** See {@link Deadlines#first}. */
  long firstDeadline() {
    return deadlines.first();
  }

  int unsettledCount() {
    return deadlines.unsettledCount();
  }

  void begin() {
    touchedInSlot.clear();
    changes = new ArrayList<>();
  }

  /** What the slot changed. */
  List<LeaseChange> end() {
    for (Lease lease : touchedInSlot.values()) {
      changes.add(new LeaseChange.Saved(lease.header()));
    }
    return changes;
  }

  /** Repeated, it renews the lease: its client chose the number. */
  Outcome grant(Command.GrantLease command) {
    Lease known = byId.get(command.lease());
    if (known != null) {
      known.setTtl(command.ttlMillis());
      touchedInSlot.put(known.id(), known);
      renew(known);
    } else if (byId.size() >= capacity.leasesMax()) {
      return new Outcome.LeasesFull(capacity.leasesMax());
    } else {
      add(command.lease(), command.ttlMillis());
    }
    return new Outcome.LeaseGranted(command.lease(), command.ttlMillis());
  }

  private Lease add(long id, long ttlMillis) {
    Lease lease = new Lease(new LeaseHeader(id, ttlMillis, Deadlines.UNSETTLED), List.of());
    byId.put(id, lease);
    deadlines.add(id, lease.deadlineMillis());
    touchedInSlot.put(id, lease);
    return lease;
  }

  /** Renews those of {@code ids} that are alive; answers the others. */
  List<Long> keepAlive(List<Long> ids) {
    List<Long> ended = new ArrayList<>();
    for (long id : ids) {
      Lease lease = byId.get(id);
      if (lease == null) {
        ended.add(id);
      } else {
        renew(lease);
      }
    }
    return ended;
  }

  private void renew(Lease lease) {
    if (lease.deadlineMillis() != Deadlines.UNSETTLED) {
      deadlines.remove(lease.id(), lease.deadlineMillis());
      lease.unsettle();
      deadlines.add(lease.id(), lease.deadlineMillis());
      touchedInSlot.put(lease.id(), lease);
    }
  }

  /** What was renewed since the last tick counts from {@code clockMillis}. */
  void settle(long clockMillis) {
    for (long id : deadlines.takeUnsettled()) {
      Lease lease = required(id);
      lease.settle(clockMillis);
      deadlines.add(id, lease.deadlineMillis());
      touchedInSlot.put(id, lease);
    }
  }

  /** Ends what is due, in the order of deadlines, a part if it is much; answers their keys. */
  NavigableSet<Key> expire(long clockMillis) {
    NavigableSet<Key> keys = new TreeSet<>();
    long bytes = 0;
    for (int ended = 0; ended < capacity.endsMax(); ended++) {
      Lease lease = deadlines.first() <= clockMillis ? byId.get(deadlines.firstId()) : null;
      boolean fits =
          lease != null
              && keys.size() + lease.keys().size() <= capacity.leaseKeysMax()
              && bytes + lease.keyBytes() <= capacity.leaseKeyBytesMax();
      if (lease == null || (!fits && ended > 0)) {
        break;
      }
      bytes += lease.keyBytes();
      keys.addAll(end(lease.id()));
    }
    return keys;
  }

  /** Ends {@code id}, which is alive; answers its keys. */
  List<Key> end(long id) {
    Lease lease = required(id);
    List<Key> keys = List.copyOf(lease.keys());
    keys.forEach(key -> detach(lease, key));
    remove(lease);
    return keys;
  }

  private Lease required(long id) {
    Lease lease = byId.get(id);
    if (lease == null) {
      throw new IllegalStateException("lease %d is not alive".formatted(id));
    }
    return lease;
  }

  private void remove(Lease lease) {
    byId.remove(lease.id());
    deadlines.remove(lease.id(), lease.deadlineMillis());
    touchedInSlot.remove(lease.id());
    changes.add(new LeaseChange.Removed(lease.id()));
  }

  /** A transaction has made {@code writes}: attaches and detaches their keys. */
  void wrote(NavigableMap<Key, Write> writes) {
    Map<Long, Lease> ownByTtl = new HashMap<>();
    writes.forEach((key, write) -> {
      Lease next =
          switch (write.tenure()) {
            case Tenure.Forever() -> null;
            case Tenure.Leased(long lease) -> byId.get(lease);
            case Tenure.Limited(long ttl) -> ownByTtl.computeIfAbsent(ttl, this::make);
          };
      Lease last = byKey.get(key);
      if (last != null && last != next) {
        release(last, key);
      }
      if (next != null && last != next) {
        next.attach(key);
        byKey.put(key, next);
        changes.add(new LeaseChange.Attached(next.id(), key));
      }
    });
  }

  private Lease make(long ttlMillis) {
    madeCount++;
    return add(-madeCount, ttlMillis);
  }

  /** A lease of the store's own ends with its last key. */
  private void release(Lease lease, Key key) {
    detach(lease, key);
    if (lease.isOwn() && lease.keys().isEmpty()) {
      remove(lease);
    }
  }

  private void detach(Lease lease, Key key) {
    lease.detach(key);
    byKey.remove(key);
    changes.add(new LeaseChange.Detached(lease.id(), key));
  }

  @Override
  public boolean isAlive(long lease) {
    return byId.containsKey(lease);
  }

  @Override
  public long leaseOf(Key key) {
    Lease lease = byKey.get(key);
    return lease == null ? NONE : lease.id();
  }

  @Override
  public LeaseRoom room(long id) {
    Lease lease = required(id);
    return new LeaseRoom(
        capacity.leaseKeysMax() - lease.keys().size(),
        capacity.leaseKeyBytesMax() - lease.keyBytes());
  }

  @Override
  public StoreRoom room() {
    return new StoreRoom(capacity.keysMax() - byKey.size(), capacity.leasesMax() - byId.size());
  }
}
