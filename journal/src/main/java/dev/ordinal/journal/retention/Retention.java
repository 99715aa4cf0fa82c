package dev.ordinal.journal.retention;

import java.util.ArrayList;
import java.util.List;

/**
 * What is retained: a part of the state, which only decided commands change (I20).
 *
 * <p>Invariants, checked here: the floor never falls, and no hold lies below it, so that the floor
 * never passes a hold.
 *
 * @param floor the oldest order ID that can be read at, and after which can be resumed
 * @param policy what moves the floor
 * @param holds ascending by name, each name once
 */
public record Retention(long floor, RetentionPolicy policy, List<Hold> holds) {
  /** Of holds: each is written with every slot. */
  public static final int HOLDS_MAX = 32;

  public Retention {
    holds = List.copyOf(holds);
    for (int i = 0; i < holds.size(); i++) {
      Hold hold = holds.get(i);
      if (hold.order() < floor) {
        throw new IllegalStateException(
            "the floor %d is above the hold %s at %d".formatted(floor, hold.name(), hold.order()));
      }
      if (i > 0 && holds.get(i - 1).name().compareTo(hold.name()) >= 0) {
        throw new IllegalStateException("holds out of order: " + holds);
      }
    }
  }

  /** Everything is retained, until {@code policy} says otherwise. */
  public static Retention initial(RetentionPolicy policy) {
    return new Retention(0, policy, List.of());
  }

  /** Without the holds that have ended when the clock stands at {@code clockMillis}. */
  public Retention at(long clockMillis) {
    List<Hold> live = holds.stream().filter(hold -> hold.untilMillis() > clockMillis).toList();
    return live.size() == holds.size() ? this : new Retention(floor, policy, live);
  }

  /** The highest floor that holds and {@code lastOrder} allow. */
  public long floorMax(long lastOrder) {
    long highest = lastOrder;
    for (Hold hold : holds) {
      highest = Math.min(highest, hold.order());
    }
    return highest;
  }

  public Retention under(RetentionPolicy next) {
    return new Retention(floor, next, holds);
  }

  /** With the floor at {@code wanted}, or as near to it as is allowed; it never falls. */
  public Retention movedTo(long wanted, long lastOrder) {
    return new Retention(Math.max(floor, Math.min(wanted, floorMax(lastOrder))), policy, holds);
  }

  /**
   * Through which order ID a replica may collect. Never beyond the floor: who reads above it is
   * answered. Never beyond the horizon: verdicts need what is after it, and the index is made again
   * from there at a start. Not beyond {@code pin} either, unless that was below the floor for so
   * long that it is {@code overdue}.
   *
   * @param pin the order ID that the slowest subscriber of this replica has got to
   * @param overdue what was the floor some time ago
   */
  public long dispensable(long horizon, long pin, long overdue) {
    return Math.min(horizon, Math.min(floor, Math.max(pin, overdue)));
  }

  /** Whether there is room for a hold of this name. */
  public boolean hasRoomFor(String name) {
    return holds.size() < HOLDS_MAX || holds.stream().anyMatch(hold -> hold.name().equals(name));
  }

  /** With {@code hold}, which is not below the floor, in the stead of one of the same name. */
  public Retention holding(Hold hold) {
    List<Hold> next = new ArrayList<>(released(hold.name()).holds);
    int place = 0;
    while (place < next.size() && next.get(place).name().compareTo(hold.name()) < 0) {
      place++;
    }
    next.add(place, hold);
    return new Retention(floor, policy, next);
  }

  /** Without the hold of this name. */
  public Retention released(String name) {
    return new Retention(
        floor, policy, holds.stream().filter(hold -> !hold.name().equals(name)).toList());
  }
}
