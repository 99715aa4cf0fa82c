package dev.ordinal.server.clock;

import dev.ordinal.journal.transaction.Command;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one leader has measured and not yet proposed. It is looked at regularly and counts the time
 * between two looks, but not more than a few of their periods: a process that was paused could hear
 * no keep-alive meanwhile, so that time ends nothing. Measuring too little is always safe; the
 * clock is then slow.
 *
 * <p>Decides, and does nothing; the caller takes turns.
 */
final class Stopwatch {
  /** A gap between two looks counts for this many periods at most. */
  private static final int GAP_PERIODS_MAX = 3;

  /** A tick settles all that was renewed since the last one: in small portions. */
  private static final int UNSETTLED_MAX = 256;

  private static final long NOT_MEASURING = -1;

  private final Pace pace;
  private final long gapNanosMax;
  private long lookedAt;

  /** Where the present span begins; {@link #NOT_MEASURING} unless leading. */
  private long mark = NOT_MEASURING;

  private long measuredNanos;

  /** No tick of this leadership has counted yet. */
  private boolean first;

  /** The tick that waits to be decided. */
  private Command.@Nullable Tick proposed;

  /** The last order ID when a tick counted last, or when measuring began. */
  private long tickedOrder;

  Stopwatch(Pace pace, long nowNanos) {
    this.pace = pace;
    this.gapNanosMax = GAP_PERIODS_MAX * pace.look().toNanos();
    this.lookedAt = nowNanos;
  }

  /** The tick to propose now; null: none is due. */
  Command.@Nullable Tick look(long nowNanos, boolean leads, Situation now) {
    long gap = Math.clamp(nowNanos - lookedAt, 0, gapNanosMax);
    lookedAt = nowNanos;
    if (!leads) {
      stop();
      return null;
    }
    if (proposed == null && mark < now.clock().mark()) {
      mark = now.clock().mark();
      measuredNanos = 0;
      first = true;
      tickedOrder = 0;
      return null;
    }
    measuredNanos += gap;
    return proposed == null && isDue(now) ? propose() : null;
  }

  /**
   * At once if something ends, or much was renewed; once a second if anything was, or something was
   * committed. Else: silence.
   */
  private boolean isDue(Situation now) {
    boolean ends = now.clock().millis() + measuredMillis() >= now.dues().nextMillis();
    if (ends || now.dues().unsettled() >= UNSETTLED_MAX) {
      return true;
    }
    boolean moved = now.order() != tickedOrder || now.dues().unsettled() > 0;
    return moved && measuredNanos >= pace.idle().toNanos();
  }

  private Command.Tick propose() {
    long elapsed = Math.min(measuredMillis(), Command.Tick.ELAPSED_MILLIS_MAX);
    proposed = new Command.Tick(mark, elapsed, first ? pace.grace().toMillis() : 0);
    return proposed;
  }

  private long measuredMillis() {
    return TimeUnit.NANOSECONDS.toMillis(measuredNanos);
  }

  /** The tick counted, at slot {@code slot}. */
  void counted(long slot, long order) {
    if (proposed != null) {
      measuredNanos -= TimeUnit.MILLISECONDS.toNanos(proposed.elapsedMillis());
      proposed = null;
      mark = slot;
      first = false;
      tickedOrder = order;
    }
  }

  /** The tick did not count, or may not have: measure from the next look on. */
  void stop() {
    proposed = null;
    mark = NOT_MEASURING;
  }
}
