package dev.ordinal.simulation.world;

import java.util.PriorityQueue;

/**
 * Virtual time, in moments, and what is to happen when. Things due at one moment happen in the
 * order in which they were asked for.
 */
final class Agenda {
  private record Planned(long time, long sequence, Runnable happening)
      implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      int order = Long.compare(time, other.time);
      return order != 0 ? order : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Planned> planned = new PriorityQueue<>();
  private long now;
  private long sequence;

  long now() {
    return now;
  }

  void after(long delay, Runnable happening) {
    sequence++;
    planned.add(new Planned(now + delay, sequence, happening));
  }

  /** Lets the next thing happen, unless it is due after {@code end}. */
  boolean next(long end) {
    Planned next = planned.peek();
    if (next == null || next.time() > end) {
      return false;
    }
    planned.remove();
    now = next.time();
    next.happening().run();
    return true;
  }
}
