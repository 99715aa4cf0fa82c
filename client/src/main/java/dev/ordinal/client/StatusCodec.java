package dev.ordinal.client;

import dev.ordinal.proto.store.v1.Figures;
import dev.ordinal.proto.store.v1.Member;
import dev.ordinal.proto.store.v1.StatusReply;

/** Reads what a replica says about itself. */
final class StatusCodec {
  private StatusCodec() {}

  static ReplicaStatus status(StatusReply reply) {
    return new ReplicaStatus(
        reply.getNode(),
        role(reply.getRole()),
        reply.getLeader().getNode(),
        reply.getLeader().getAddress(),
        reply.getBallot(),
        reply.getCluster(),
        new HistoryId(reply.getHistory()),
        OrderId.of(reply.getCurrentOrder()),
        OrderId.of(reply.getFloor()),
        Value.of(reply.getDigest()),
        new ReplicaStatus.Log(
            reply.getLogLength(),
            reply.getDecidedSlot(),
            reply.getAppliedSlot(),
            reply.getLogBase(),
            reply.getLogDiskBytes()),
        reply.getMembersList().stream().map(StatusCodec::member).toList(),
        figures(reply.getFigures()));
  }

  private static ReplicaStatus.Role role(StatusReply.Role role) {
    return switch (role) {
      case FOLLOWER -> ReplicaStatus.Role.FOLLOWER;
      case CANDIDATE -> ReplicaStatus.Role.CANDIDATE;
      case LEADER -> ReplicaStatus.Role.LEADER;
      case ROLE_UNSPECIFIED, UNRECOGNIZED -> ReplicaStatus.Role.UNRECOGNIZED;
    };
  }

  private static ReplicaStatus.Member member(Member member) {
    return new ReplicaStatus.Member(member.getNode(), member.getAddress(), member.getPeerAddress());
  }

  private static ReplicaStatus.Figures figures(Figures figures) {
    return new ReplicaStatus.Figures(
        figures.getCommitted(),
        figures.getRefused(),
        figures.getRefusedAtDoor(),
        figures.getBatches(),
        figures.getLogSyncs(),
        figures.getLogBytes(),
        figures.getLeaderChanges(),
        figures.getCpuMicros(),
        figures.getResidentBytes(),
        figures.getUptimeMillis());
  }
}
