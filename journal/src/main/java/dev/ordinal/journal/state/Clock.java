package dev.ordinal.journal.state;

import dev.ordinal.journal.transaction.Command;
import org.jspecify.annotations.Nullable;

/**
 * Replicated time: how many milliseconds the leaders have measured so far. It moves only by decided
 * ticks, so it is the same on every replica at the same slot, and never ahead of the time that has
 * passed: the spans that ticks count do not overlap.
 *
 * <p>They do not, because every tick says from which slot its span was measured, and counts only if
 * that is still the mark. A leadership begins with a barrier, which moves the mark; so a tick of a
 * leader that was stalled meanwhile, or of one that came back, counts nothing.
 *
 * @param millis since the store was made
 * @param mark the slot of the last tick that counted, or of a barrier after it; 0 before both
 * @param graceUntil nothing ends before the clock stands here
 */
public record Clock(long millis, long mark, long graceUntil) {
  static final Clock START = new Clock(0, 0, 0);

  /** After a barrier at {@code slot}. */
  Clock marked(long slot) {
    return new Clock(millis, slot, graceUntil);
  }

  /** After {@code tick} at {@code slot}; null if it does not count. */
  @Nullable Clock ticked(long slot, Command.Tick tick) {
    if (tick.since() != mark) {
      return null;
    }
    long moved = Math.addExact(millis, tick.elapsedMillis());
    return new Clock(moved, slot, Math.max(graceUntil, Math.addExact(moved, tick.graceMillis())));
  }
}
