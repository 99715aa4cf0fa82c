package dev.ordinal.consensus.driver;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the one thread that waits at it. Ringing costs a read while nobody waits.
 *
 * <p>No wake-up is lost: the waiter first says that it waits and then looks for work; who brings
 * work first leaves it and then looks for a waiter. One of the two sees the other, because neither
 * may do its two steps the other way round.
 */
final class Bell {
  private final AtomicReference<@Nullable Thread> waiting = new AtomicReference<>();

  void ring() {
    VarHandle.fullFence(); // the queues publish with an ordered store only
    Thread thread = waiting.get();
    if (thread != null && waiting.compareAndSet(thread, null)) {
      LockSupport.unpark(thread);
    }
  }

  /** Returns when rung, or after {@code nanosMax}, or now and then without a reason. */
  void await(BooleanSupplier idle, long nanosMax) {
    waiting.set(Thread.currentThread());
    if (idle.getAsBoolean()) {
      LockSupport.parkNanos(this, nanosMax);
    }
    waiting.set(null);
  }
}
