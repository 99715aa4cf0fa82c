package dev.ordinal.client;

import java.util.BitSet;

/**
 * One session with the store: hands out sequences, and knows through which one every outcome is
 * known. Belongs to the loop.
 *
 * <p>The store keeps the outcome of a sequence until the client acknowledges it, at most {@value
 * #WINDOW} of them. A session in which an outcome stays unknown is retired: nothing of it is
 * acknowledged past that sequence, so that the outcome can still be asked for, and the client goes
 * on in a new session.
 */
final class Session {
  /** How many sequences may be unacknowledged. */
  static final int WINDOW = 256;

  private final long id;
  private final BitSet known = new BitSet(WINDOW);
  private long next = 1;
  private long acknowledgedThrough;
  private boolean retired;

  Session(long id) {
    this.id = id;
  }

  long id() {
    return id;
  }

  /** Whether another sequence fits into the window. */
  boolean hasRoom() {
    return !retired && next <= acknowledgedThrough + WINDOW;
  }

  long nextSequence() {
    if (!hasRoom()) {
      throw new IllegalStateException(
          "session %d has no room: next %d, acknowledged through %d"
              .formatted(id, next, acknowledgedThrough));
    }
    return next++;
  }

  /** The outcome of {@code sequence} is known, and nobody will ask for it again. */
  void known(long sequence) {
    if (sequence <= acknowledgedThrough || sequence >= next) {
      throw new IllegalStateException(
          "session %d: outcome of %d, acknowledged through %d, next %d"
              .formatted(id, sequence, acknowledgedThrough, next));
    }
    known.set((int) (sequence % WINDOW));
    while (acknowledgedThrough + 1 < next && known.get(slot(acknowledgedThrough + 1))) {
      known.clear(slot(acknowledgedThrough + 1));
      acknowledgedThrough++;
    }
  }

  private static int slot(long sequence) {
    return (int) (sequence % WINDOW);
  }

  /** Every sequence through this one has a known outcome. */
  long acknowledgedThrough() {
    return acknowledgedThrough;
  }

  /** No new sequences: an outcome of it is unknown, or the store does not know it. */
  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }
}
