package dev.ordinal.server.rpc;

import dev.ordinal.proto.store.v1.LeaderHint;
import dev.ordinal.server.config.Members;

/** Where clients find the leader. */
final class Leaders {
  private final Members members;

  Leaders(Members members) {
    this.members = members;
  }

  /** The hint to member {@code node}; empty for 0, when no leader is known. */
  LeaderHint hint(int node) {
    if (node == 0) {
      return LeaderHint.getDefaultInstance();
    }
    String address = members.member(node).clients().toString();
    return LeaderHint.newBuilder().setNode(node).setAddress(address).build();
  }
}
