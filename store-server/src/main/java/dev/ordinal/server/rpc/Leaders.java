package dev.ordinal.server.rpc;

import dev.ordinal.proto.store.v1.LeaderHint;
import dev.ordinal.server.net.NodeAddress;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Where clients find the leader. */
final class Leaders {
  private final IntFunction<@Nullable NodeAddress> addresses;

  Leaders(IntFunction<@Nullable NodeAddress> addresses) {
    this.addresses = addresses;
  }

  /**
   * The hint to {@code node}; empty for 0, when no leader is known, or nobody knows where it is.
   */
  LeaderHint hint(int node) {
    NodeAddress address = node == 0 ? null : addresses.apply(node);
    if (address == null) {
      return LeaderHint.getDefaultInstance();
    }
    return LeaderHint.newBuilder().setNode(node).setAddress(address.clients().toString()).build();
  }
}
