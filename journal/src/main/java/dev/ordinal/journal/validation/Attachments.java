package dev.ordinal.journal.validation;

import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Tenure;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a draft attaches to leases, beyond what is attached already. What it detaches gives no room
 * to the same transaction.
 */
final class Attachments {
  private final LeasePresence leases;
  private final Map<Long, Load> loads = new HashMap<>();
  private int keys;
  private int ownLeases;

  private record Load(int keys, long keyBytes) {
    private static final Load NONE = new Load(0, 0);
  }

  Attachments(LeasePresence leases) {
    this.leases = leases;
  }

  /** Null if {@code key} may be put with {@code tenure}. */
  @Nullable Refusal check(Key key, Tenure tenure) {
    return switch (tenure) {
      case Tenure.Forever() -> null;
      case Tenure.Limited limited ->
          keys < leases.room().keys() && ownLeases < leases.room().leases()
              ? null
              : new Refusal.LeaseFull(0);
      case Tenure.Leased(long lease) -> check(key, lease);
    };
  }

  private @Nullable Refusal check(Key key, long lease) {
    if (!leases.isAlive(lease)) {
      return new Refusal.LeaseEnded(lease);
    }
    if (leases.leaseOf(key) == lease) {
      return null;
    }
    Load load = loads.getOrDefault(lease, Load.NONE);
    LeasePresence.LeaseRoom room = leases.room(lease);
    if (load.keys() >= room.keys() || load.keyBytes() + key.length() > room.keyBytes()) {
      return new Refusal.LeaseFull(lease);
    }
    return keys < leases.room().keys() ? null : new Refusal.LeaseFull(0);
  }

  /** The draft has {@code key} put with {@code tenure} from now on. */
  void enter(Key key, Tenure tenure) {
    count(key, tenure, 1);
  }

  /** It has not any more. */
  void leave(Key key, Tenure tenure) {
    count(key, tenure, -1);
  }

  private void count(Key key, Tenure tenure, int sign) {
    switch (tenure) {
      case Tenure.Forever() -> {}
      case Tenure.Limited limited -> {
        keys += sign;
        ownLeases += sign;
      }
      case Tenure.Leased(long lease) -> {
        if (leases.leaseOf(key) != lease) {
          keys += sign;
          Load load = loads.getOrDefault(lease, Load.NONE);
          loads.put(
              lease, new Load(load.keys() + sign, load.keyBytes() + (long) sign * key.length()));
        }
      }
    }
  }
}
