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

  Session(SessionHeader header, List<Long> recorded) {
    this.opened = header;
    this.recorded.addAll(recorded);
    this.acknowledgedThrough = header.acknowledgedThrough();
    this.touchedSlot = header.touchedSlot();
  }

  SessionHeader header() {
    return new SessionHeader(
        opened.id(),
        opened.nonce(),
        opened.name(),
        opened.ttlMillis(),
        acknowledgedThrough,
        touchedSlot);
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

  void touch(long slot) {
    touchedSlot = slot;
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
