package dev.ordinal.server.peer;

import dev.ordinal.proto.peer.v1.Hello;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * With which disk each peer was seen since this process started. A node that comes back with
 * another one, or with an older copy of the same, has forgotten votes that may have decided
 * something.
 */
final class KnownDisks {
  private final Map<Integer, Sighting> byNode = new HashMap<>();

  private record Sighting(String incarnation, long boot) {}

  /** Why the sender of {@code hello} must not vote; null, and noted, if nothing is known of it. */
  synchronized @Nullable String refusalOf(Hello hello) {
    Sighting seen = byNode.get(hello.getNode());
    if (seen != null && !seen.incarnation.equals(hello.getIncarnation())) {
      return "comes with another disk, %s, than before, %s: its votes are forgotten"
          .formatted(hello.getIncarnation(), seen.incarnation);
    }
    if (seen != null && hello.getBoot() < seen.boot) {
      return "comes with an older copy of its disk: this is start %d of it, and start %d was seen"
          .formatted(hello.getBoot(), seen.boot);
    }
    byNode.put(hello.getNode(), new Sighting(hello.getIncarnation(), hello.getBoot()));
    return null;
  }
}
