package dev.ordinal.journal.state;

import dev.ordinal.journal.transaction.Key;
import java.util.List;

/** A lease and the keys that end with it, ascending. */
public record LeaseImage(LeaseHeader header, List<Key> keys) {
  public LeaseImage {
    keys = List.copyOf(keys);
  }
}
