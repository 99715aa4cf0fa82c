package dev.ordinal.journal.model;

import dev.ordinal.journal.transaction.Alternative;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Guard;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.ReadKey;
import dev.ordinal.journal.transaction.ReadRange;
import dev.ordinal.journal.transaction.Snapshot;
import dev.ordinal.journal.transaction.Tenure;
import dev.ordinal.journal.transaction.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Groups over a handful of keys, some of which tend to be counters. */
final class RandomGroups {
  private static final List<Key> KEYS =
      List.of(
          Key.of("a"),
          Key.of("a\0"),
          Key.of("a\0b"),
          Key.of("ab"),
          Key.of("b"),
          Key.of("c"),
          Key.wrap(new byte[] {(byte) 0xff}),
          Key.wrap(new byte[] {(byte) 0xff, 0}),
          Key.wrap(new byte[] {0}));
  private static final List<Key> COUNTERS = List.of(Key.of("n1"), Key.of("n2"), Key.of("n3"));

  private static final int LEASES = 6;

  private final RandomGenerator random;
  private final double blindRate;
  private final double readRate;
  private final double guardRate;
  private final double alternativeRate;
  private final double tenureRate;

  RandomGroups(RandomGenerator random) {
    this.random = random;
    this.blindRate = random.nextDouble() * 0.6;
    this.readRate = random.nextDouble() * 0.7;
    this.guardRate = random.nextDouble() * 0.4;
    this.alternativeRate = random.nextDouble() * 0.6;
    this.tenureRate = random.nextDouble();
  }

  List<Group> next(int count, @Nullable Snapshot snapshot) {
    return IntStream.range(0, count).mapToObj(i -> group(snapshot)).toList();
  }

  private Group group(@Nullable Snapshot snapshot) {
    List<ReadKey> readKeys = new ArrayList<>();
    List<ReadRange> readRanges = new ArrayList<>();
    while (snapshot != null && random.nextDouble() < readRate) {
      if (random.nextInt(3) == 0) {
        readRanges.add(new ReadRange(range(), at(snapshot)));
      } else {
        readKeys.add(new ReadKey(anyKey(), at(snapshot)));
      }
    }
    List<Alternative> alternatives = new ArrayList<>(List.of(alternative()));
    while (random.nextDouble() < alternativeRate) {
      alternatives.add(alternative());
    }
    return new Group(readKeys, readRanges, guards(), alternatives);
  }

  private long at(Snapshot snapshot) {
    return switch (random.nextInt(12)) {
      case 0 -> snapshot.order() + 1;
      case 1 -> Math.max(0, snapshot.order() - 1 - random.nextInt(3));
      default -> snapshot.order();
    };
  }

  private List<Guard> guards() {
    List<Guard> guards = new ArrayList<>();
    while (random.nextDouble() < guardRate) {
      guards.add(
          switch (random.nextInt(6)) {
            case 5 -> new Guard.LeaseAlive(lease());
            case 0 -> new Guard.Exists(anyKey());
            case 1 -> new Guard.Absent(anyKey());
            case 2 -> new Guard.ValueEquals(anyKey(), value());
            case 3 -> new Guard.CounterAtLeast(likelyCounter(), number());
            default -> new Guard.CounterAtMost(likelyCounter(), number());
          });
    }
    return guards;
  }

  private Alternative alternative() {
    List<Operation> operations =
        IntStream.range(0, random.nextInt(4)).mapToObj(i -> operation()).toList();
    return new Alternative(guards(), operations);
  }

  private Operation operation() {
    boolean blind = random.nextDouble() < blindRate;
    return switch (random.nextInt(14)) {
      case 0, 1 -> new Operation.Delete(anyKey(), blind);
      case 2 -> new Operation.DeleteRange(range(), blind);
      case 3, 4, 5 -> new Operation.Add(likelyCounter(), number());
      case 6, 7 -> new Operation.CreateCounter(likelyCounter(), number(), bounds(), blind);
      case 8 -> new Operation.SetBounds(likelyCounter(), bounds(), blind);
      default -> new Operation.Put(likelyValue(), value(), blind, tenure());
    };
  }

  private Tenure tenure() {
    if (random.nextDouble() > tenureRate) {
      return Tenure.FOREVER;
    }
    return random.nextInt(3) == 0
        ? new Tenure.Limited(1 + random.nextInt(600))
        : new Tenure.Leased(lease());
  }

  /** Few are alive at a time. */
  long lease() {
    return 1L + random.nextInt(LEASES);
  }

  private Key anyKey() {
    return random.nextInt(3) == 0 ? pick(COUNTERS) : pick(KEYS);
  }

  private Key likelyCounter() {
    return random.nextInt(10) == 0 ? pick(KEYS) : pick(COUNTERS);
  }

  private Key likelyValue() {
    return random.nextInt(10) == 0 ? pick(COUNTERS) : pick(KEYS);
  }

  private Key pick(List<Key> keys) {
    return keys.get(random.nextInt(keys.size()));
  }

  private KeyRange range() {
    Key one = random.nextInt(5) == 0 ? Key.EMPTY : anyKey();
    Key other = random.nextInt(8) == 0 ? anyKey().successor() : anyKey();
    if (random.nextInt(8) == 0) {
      return new KeyRange(one, null);
    }
    return one.compareTo(other) <= 0 ? new KeyRange(one, other) : new KeyRange(other, one);
  }

  private Bounds bounds() {
    return switch (random.nextInt(8)) {
      case 0 -> new Bounds(Long.MIN_VALUE, Long.MAX_VALUE);
      case 1 -> new Bounds(5, 3);
      default -> new Bounds(-random.nextInt(10), random.nextInt(10));
    };
  }

  private long number() {
    return switch (random.nextInt(20)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> Long.MIN_VALUE;
      default -> random.nextInt(-6, 7);
    };
  }

  private Value value() {
    return Value.of("v" + random.nextInt(4));
  }
}
