package dev.ordinal.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A lease and the times of its signs of life. All but the public methods belongs to the loop. */
final class HeldLease implements Lease {
  /** A sign of life is sent this many times in a time to live. */
  private static final int SIGNS_OF_LIFE = 3;

  private final long id;
  private final Duration ttl;
  private final Consumer<HeldLease> revoke;
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private volatile long acknowledgedNanos;
  private long sentNanos;

  /**
   * A lease that was granted.
   *
   * @param sentNanos when its grant was sent
   */
  HeldLease(long id, Duration ttl, long sentNanos, Consumer<HeldLease> revoke) {
    this.id = id;
    this.ttl = ttl;
    this.revoke = revoke;
    this.sentNanos = sentNanos;
    this.acknowledgedNanos = sentNanos;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public Duration ttl() {
    return ttl;
  }

  @Override
  public boolean isHeld() {
    return !lost.isDone() && !isOver(System.nanoTime());
  }

  @Override
  public CompletableFuture<String> lost() {
    return lost.copy();
  }

  @Override
  public void close() {
    revoke.accept(this);
  }

  boolean isOver(long nowNanos) {
    return nowNanos - acknowledgedNanos >= ttl.toNanos();
  }

  boolean isDue(long nowNanos) {
    return nowNanos - sentNanos >= ttl.toNanos() / SIGNS_OF_LIFE;
  }

  void sent(long nowNanos) {
    sentNanos = nowNanos;
  }

  /** A sign of life that was sent at {@code sentAtNanos} has arrived. */
  void acknowledged(long sentAtNanos) {
    acknowledgedNanos = sentAtNanos;
  }

  /** The last one may not have arrived: the next is due at once. */
  void unanswered() {
    sentNanos = System.nanoTime() - ttl.toNanos();
  }

  void lose(String why) {
    lost.complete(why);
  }
}
