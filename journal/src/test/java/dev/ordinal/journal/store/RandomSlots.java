package dev.ordinal.journal.store;

import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.RecordOrigin;
import dev.ordinal.journal.retention.Hold;
import dev.ordinal.journal.retention.Retention;
import dev.ordinal.journal.retention.RetentionPolicy;
import dev.ordinal.journal.state.Changes;
import dev.ordinal.journal.state.Clock;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.state.LeaseChange;
import dev.ordinal.journal.state.LeaseHeader;
import dev.ordinal.journal.state.SessionChange;
import dev.ordinal.journal.state.SessionHeader;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Label;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.journal.validation.Horizon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Slots such as a state machine could make, over keys that are hard on encodings. */
final class RandomSlots {
  static final long CLUSTER = 0xC1;
  static final long HISTORY = 0x41;
  static final StateOwner OWNER = new StateOwner(CLUSTER, HISTORY);
  static final Head INITIAL = Head.initial(HISTORY, Horizon.Limits.SMALL);

  private static final byte[] BYTES = {0, 1, (byte) 0xFF, (byte) 0xFE, 'a', 'b'};

  private final Random random;
  private final Map<Key, Long> lastOrders = new HashMap<>();
  private final NavigableMap<Long, NavigableSet<Long>> sessions = new TreeMap<>();
  private final NavigableMap<Long, NavigableSet<Key>> leases = new TreeMap<>();
  private Head head = INITIAL;

  RandomSlots(long seed) {
    random = new Random(seed);
  }

  Changes next() {
    long slot = head.slot().slot() + 1;
    List<JournalRecord> records = new ArrayList<>();
    long order = head.order().order();
    for (int i = random.nextInt(4); i > 0; i--) {
      order++;
      records.add(record(slot, order));
    }
    List<SessionChange> changed = sessionChanges(slot);
    head =
        new Head(
            HISTORY,
            new Head.SlotTip(slot, digest(), digest()),
            new Head.OrderTip(order, random.nextInt(5), digest(), order * 77),
            new Horizon(Math.max(0, order - 10), Horizon.Limits.SMALL),
            new Clock(slot * 10, random.nextLong(slot), random.nextInt(99)),
            slot * 3,
            head.sessionsOpened() + random.nextInt(2),
            retention(order));
    return new Changes(head, records, changed, leaseChanges());
  }

  private Retention retention(long order) {
    Retention retention = head.retention();
    return switch (random.nextInt(20)) {
      case 0 -> retention.movedTo(random.nextLong(order + 1), order);
      case 1 -> retention.holding(new Hold("größe-" + random.nextInt(3), order, random.nextLong()));
      case 2, 3 -> retention.released("größe-" + random.nextInt(3));
      case 4 ->
          retention.under(
              new RetentionPolicy(random.nextInt(9), random.nextInt(9), random.nextInt(9)));
      default -> retention;
    };
  }

  private JournalRecord record(long slot, long order) {
    NavigableMap<Key, Effect> effects = new TreeMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      Key key = key();
      long prior = lastOrders.getOrDefault(key, 0L);
      if (!effects.containsKey(key)) {
        effects.put(key, new Effect(key, state(), prior));
      }
    }
    effects.forEach((key, effect) -> lastOrders.put(key, effect.state().exists() ? order : 0L));
    return new JournalRecord(
        order,
        new RecordOrigin(slot, random.nextInt(3), random.nextInt(100), random.nextInt(9)),
        random.nextBoolean() ? List.of() : List.of(new Label("why", "seed")),
        List.copyOf(effects.values()),
        digest(),
        random.nextInt(999));
  }

  private List<SessionChange> sessionChanges(long slot) {
    List<SessionChange> changes = new ArrayList<>();
    long session = 1L + random.nextInt(4);
    NavigableSet<Long> recorded = sessions.computeIfAbsent(session, id -> new TreeSet<>());
    long sequence = 2 * slot;
    recorded.add(sequence);
    changes.add(new SessionChange.Recorded(session, sequence, outcome()));
    if (random.nextInt(3) == 0) {
      changes.add(new SessionChange.Forgotten(session, recorded.removeFirst()));
    }
    if (random.nextInt(12) == 0) {
      recorded.forEach(kept -> changes.add(new SessionChange.Forgotten(session, kept)));
      sessions.remove(session);
      changes.add(new SessionChange.Removed(session));
    } else {
      String name = random.nextBoolean() ? "" : "größe";
      changes.add(
          new SessionChange.Saved(
              new SessionHeader(
                  session, random.nextLong(), name, 30_000, sequence - 1, slot, slot % 7)));
    }
    return changes;
  }

  private List<LeaseChange> leaseChanges() {
    List<LeaseChange> changes = new ArrayList<>();
    long lease = random.nextInt(3) == 0 ? -1L - random.nextInt(3) : 1L + random.nextInt(3);
    NavigableSet<Key> attached = leases.computeIfAbsent(lease, id -> new TreeSet<>());
    Key key = key();
    if (random.nextInt(5) == 0) {
      attached.forEach(gone -> changes.add(new LeaseChange.Detached(lease, gone)));
      changes.add(new LeaseChange.Removed(lease));
      leases.remove(lease);
    } else if (attached.add(key)) {
      changes.add(new LeaseChange.Attached(lease, key));
      changes.add(new LeaseChange.Saved(new LeaseHeader(lease, 1000, random.nextInt(2))));
    } else {
      attached.remove(key);
      changes.add(new LeaseChange.Detached(lease, key));
    }
    return changes;
  }

  private Outcome outcome() {
    return random.nextBoolean()
        ? new Outcome.Committed(
            1L + random.nextInt(9), List.of(new GroupOutcome.Accepted(random.nextInt(3))))
        : new Outcome.TooOld(3, 9);
  }

  private KeyState state() {
    return switch (random.nextInt(4)) {
      case 0 -> KeyState.DELETED;
      case 1 -> new KeyState.Counter(random.nextInt(10), new Bounds(-5, Long.MAX_VALUE));
      default -> {
        byte[] bytes = new byte[random.nextInt(20) == 0 ? 20_000 : random.nextInt(30)];
        random.nextBytes(bytes);
        yield new KeyState.Stored(Value.wrap(bytes));
      }
    };
  }

  /** Never empty; often a prefix of another. */
  Key key() {
    byte[] bytes = new byte[1 + random.nextInt(3)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = BYTES[random.nextInt(BYTES.length)];
    }
    return Key.wrap(bytes);
  }

  KeyRange range() {
    Key start = random.nextInt(4) == 0 ? Key.EMPTY : key();
    if (random.nextInt(3) == 0) {
      return new KeyRange(start, null);
    }
    Key end = key();
    return end.compareTo(start) < 0 ? new KeyRange(end, start) : new KeyRange(start, end);
  }

  long retainedOrder() {
    return random.nextLong(head.retention().floor(), head.order().order() + 1);
  }

  PageLimit limit() {
    return new PageLimit(1 + random.nextInt(20), 1 + random.nextInt(500));
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  private Digest digest() {
    byte[] bytes = new byte[Digest.BYTES];
    random.nextBytes(bytes);
    return Digest.wrap(bytes);
  }
}
