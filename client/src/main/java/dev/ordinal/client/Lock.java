package dev.ordinal.client;

/**
 * A key that one client at a time owns, under a lease: what {@link OrdinalClient#lock} and {@link
 * OrdinalClient#campaign} acquire. It goes with the lease, or when it is closed.
 *
 * <p><b>Fencing.</b> No lock can keep a process that was paused from going on when it wakes up
 * after its lease has ended. What it does in the store is therefore guarded: with {@link #guards}
 * in each transaction. What it does elsewhere carries the {@link #token}, which is higher for every
 * later owner; whoever serves it refuses a token that is lower than one it has seen.
 */
public interface Lock extends AutoCloseable {
  Key key();

  /** What the key holds, for others to see. */
  Value value();

  /** The order ID of the acquisition: every later owner of the key has a higher one. */
  OrderId token();

  Lease lease();

  /** Whether it certainly has not been lost to the end of its lease, see {@link Lease#isHeld}. */
  default boolean isHeld() {
    return lease().isHeld();
  }

  /** Adds to a transaction that it is refused unless this lock is still owned. */
  <B extends GroupSteps<B>> B guards(B transaction);

  /** Gives the key up, whether or not it is still owned; the lease goes on. */
  @Override
  void close();
}
