package dev.ordinal.journal.state;

import dev.ordinal.journal.transaction.Key;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** A lease while it is alive. Owned by {@link Leases}. */
final class Lease {
  private final long id;
  private final NavigableSet<Key> keys = new TreeSet<>();
  private long keyBytes;
  private long ttlMillis;
  private long deadlineMillis;

  Lease(LeaseHeader header, List<Key> attached) {
    this.id = header.id();
    this.ttlMillis = header.ttlMillis();
    this.deadlineMillis = header.deadlineMillis();
    attached.forEach(this::attach);
  }

  LeaseHeader header() {
    return new LeaseHeader(id, ttlMillis, deadlineMillis);
  }

  long id() {
    return id;
  }

  long deadlineMillis() {
    return deadlineMillis;
  }

  void setTtl(long millis) {
    ttlMillis = millis;
  }

  void unsettle() {
    deadlineMillis = Deadlines.UNSETTLED;
  }

  void settle(long clockMillis) {
    deadlineMillis = Math.addExact(clockMillis, ttlMillis);
  }

  void attach(Key key) {
    keys.add(key);
    keyBytes += key.length();
  }

  void detach(Key key) {
    keys.remove(key);
    keyBytes -= key.length();
  }

  /** Ascending. */
  NavigableSet<Key> keys() {
    return keys;
  }

  long keyBytes() {
    return keyBytes;
  }

  /** Of a key with a time to live. */
  boolean isOwn() {
    return id < 0;
  }
}
