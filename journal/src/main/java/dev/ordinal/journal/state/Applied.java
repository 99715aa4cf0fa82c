package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.Outcome;
import java.util.List;

/**
 * What applying a slot came to.
 *
 * @param changes to be written before the next slot is applied
 * @param outcomes one for each command of the slot, in their order
 */
public record Applied(Changes changes, List<Outcome> outcomes) {
  public Applied {
    outcomes = List.copyOf(outcomes);
  }
}
