package dev.ordinal.server.clock;

import java.time.Duration;

/**
 * How a leader ticks.
 *
 * @param look how often it looks whether a tick is due
 * @param idle the shortest time between two ticks while nothing waits to end
 * @param grace granted by the first tick of a leadership: long enough for a client to find the new
 *     leader and to be heard by it, see {@code Command.Tick}
 */
public record Pace(Duration look, Duration idle, Duration grace) {
  public static final Pace DEFAULT =
      new Pace(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(5));
}
