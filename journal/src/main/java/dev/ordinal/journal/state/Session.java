package dev.ordinal.journal.state;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** A session while it is open. Owned by {@link Sessions}. */
final class Session {
  private final SessionHeader opened;
  private final NavigableSet<Long> recorded = new TreeSet<>();
  private long acknowledgedThrough;
  private long touchedSlot;
  private long deadlineMillis;

  Session(SessionHeader header, List<Long> recorded) {
    this.opened = header;
    this.recorded.addAll(recorded);
    this.acknowledgedThrough = header.acknowledgedThrough();
    this.touchedSlot = header.touchedSlot();
    this.deadlineMillis = header.deadlineMillis();
  }

  SessionHeader header() {
    return new SessionHeader(
        opened.id(),
        opened.nonce(),
        opened.name(),
        opened.ttlMillis(),
        acknowledgedThrough,
        touchedSlot,
        deadlineMillis);
  }

  long id() {
    return opened.id();
  }

  long nonce() {
    return opened.nonce();
  }

  long touchedSlot() {
    return touchedSlot;
  }

  long deadlineMillis() {
    return deadlineMillis;
  }

  void touch(long slot) {
    touchedSlot = slot;
    deadlineMillis = Deadlines.UNSETTLED;
  }

  void settle(long clockMillis) {
    deadlineMillis = Math.addExact(clockMillis, opened.ttlMillis());
  }

  long acknowledgedThrough() {
    return acknowledgedThrough;
  }

  void acknowledge(long through) {
    acknowledgedThrough = Math.max(acknowledgedThrough, through);
  }

  /** The sequences whose outcome is kept, ascending. */
  NavigableSet<Long> recorded() {
    return recorded;
  }
}
