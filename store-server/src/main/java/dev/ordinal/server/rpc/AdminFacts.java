package dev.ordinal.server.rpc;

import dev.ordinal.server.peer.Guest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the operators' door says that the replica itself does not know.
 *
 * @param guests nodes that are connected to this one, and no members
 * @param readiness who counts as ready
 */
public record AdminFacts(UUID cluster, Supplier<List<Guest>> guests, Readiness readiness) {
  /**
   * Who counts as ready.
   *
   * @param tick how long a tick lasts
   * @param silentTicksMax who was silent for longer is not ready
   * @param lagSlotsMax who is further behind what is decided is not ready
   */
  public record Readiness(Duration tick, int silentTicksMax, int lagSlotsMax) {
    boolean holds(long decided, long matched, long silentTicks) {
      return matched >= 0 && decided - matched <= lagSlotsMax && silentTicks <= silentTicksMax;
    }
  }
}
