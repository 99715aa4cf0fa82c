package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.Effect;
import java.util.List;

/**
 * What one process starts from.
 *
 * @param written everything that was ever written to its disk
 * @param campaigns how often it may still ask to lead
 * @param beats how many heartbeats it may still send when it leads
 */
record Life(List<Effect.Persist> written, int campaigns, int beats) {
  Life {
    written = List.copyOf(written);
  }
}
