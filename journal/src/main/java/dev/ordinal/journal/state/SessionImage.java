package dev.ordinal.journal.state;

import java.util.List;

/**
 * A session and the sequences whose outcome is recorded, ascending; what is needed to go on after a
 * restart.
 */
public record SessionImage(SessionHeader header, List<Long> recorded) {
  public SessionImage {
    recorded = List.copyOf(recorded);
  }
}
