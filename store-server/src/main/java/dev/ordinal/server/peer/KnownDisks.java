package dev.ordinal.server.peer;

import dev.ordinal.consensus.quorum.Incarnation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each disk had been started when it was last seen, since this process started. A node
 * that comes back with an older copy of its disk has forgotten votes that may have decided
 * something. Not safe for use by several threads.
 */
final class KnownDisks {
  private final Map<Incarnation, Long> boots = new HashMap<>();

  /** Why a node with this disk must not vote; null, and noted, if nothing is known of it. */
  @Nullable String refusalOf(Incarnation disk, long boot) {
    long seen = boots.getOrDefault(disk, boot);
    if (boot < seen) {
      return "comes with an older copy of its disk: this is start %d of it, and start %d was seen"
          .formatted(boot, seen);
    }
    boots.put(disk, boot);
    return null;
  }
}
