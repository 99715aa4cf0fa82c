package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Bounds;
import java.time.Duration;

/**
 * Time, threads and bounds of a driver.
 *
 * @param tick how long the core's unit of time lasts
 * @param threading who writes and applies
 * @param messages what may wait from peers; more is dropped, the protocol repeats it
 * @param requests what may wait from clients; more is answered {@code Overloaded}
 * @param catchUpBytesMax payload bytes in one message of decided entries read from the log
 */
public record DriverSettings(
    Duration tick, Threading threading, Bounds messages, Bounds requests, long catchUpBytesMax) {
  public static final DriverSettings DEFAULT =
      new DriverSettings(
          Duration.ofMillis(10),
          Threading.forThisMachine(),
          new Bounds(4096, 16 << 20),
          new Bounds(16_384, 16 << 20),
          1 << 20);

  public DriverSettings {
    if (tick.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("a tick must last at least 1 ms, was " + tick);
    }
  }

  public DriverSettings withThreading(Threading changed) {
    return new DriverSettings(tick, changed, messages, requests, catchUpBytesMax);
  }

  /** Who decides, who writes the log and who applies. The core cannot tell the difference. */
  public enum Threading {
    /** Consensus, log and state machine have a thread each. */
    SEPARATE(false, true, true),
    /** The state machine runs on the consensus thread. */
    APPLY_FUSED(false, true, false),
    /** The consensus thread writes the log itself. */
    LOG_FUSED(false, false, true),
    /** One thread does it all. */
    FUSED(false, false, false),
    /** The thread that receives from peers decides and writes the log; the transport needs one. */
    PEER_FUSED(true, false, true);

    private final boolean onPeerLoop;
    private final boolean logThread;
    private final boolean applyThread;

    Threading(boolean onPeerLoop, boolean logThread, boolean applyThread) {
      this.onPeerLoop = onPeerLoop;
      this.logThread = logThread;
      this.applyThread = applyThread;
    }

    boolean onPeerLoop() {
      return onPeerLoop;
    }

    boolean logThread() {
      return logThread;
    }

    boolean applyThread() {
      return applyThread;
    }

    /**
     * On one or two processors a hand-over to another thread costs more than it wins: measured,
     * {@code PEER_FUSED} takes the least processor time for a commit (docs/storage.md).
     */
    public static Threading forThisMachine() {
      return Runtime.getRuntime().availableProcessors() <= 2 ? PEER_FUSED : SEPARATE;
    }
  }
}
