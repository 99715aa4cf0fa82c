package dev.ordinal.server.rpc;

import com.google.protobuf.ByteString;
import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.log.LogFigures;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.state.Head;
import dev.ordinal.proto.store.v1.Figures;
import dev.ordinal.proto.store.v1.Member;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.StatusReply;
import dev.ordinal.proto.store.v1.StatusRequest;
import dev.ordinal.server.net.NodeAddress;
import dev.ordinal.server.replica.StoreReplica;
import io.grpc.stub.StreamObserver;

/** Status: where this replica stands. Always answered, leader or not. */
final class StatusDesk {
  private final StoreReplica replica;
  private final ReplicaFacts facts;
  private final Leaders leaders;
  private final ReadDesk desk;
  private final Replies replies;

  StatusDesk(
      StoreReplica replica, ReplicaFacts facts, Leaders leaders, ReadDesk desk, Replies replies) {
    this.replica = replica;
    this.facts = facts;
    this.leaders = leaders;
    this.desk = desk;
    this.replies = replies;
  }

  void status(StatusRequest request, StreamObserver<StatusReply> observer) {
    StreamObserver<StatusReply> reply = Replies.forgiving(observer);
    ReadRequest.Builder when = ReadRequest.newBuilder();
    if (request.getDigestAt() != 0) {
      when.setAt(request.getDigestAt());
    }
    replies.guarded(
        reply,
        () ->
            desk.seek(
                when.build(),
                new ReadDesk.Seeker(
                    _ -> replies.guarded(reply, () -> answer(request.getDigestAt(), reply)),
                    reply::onError)));
  }

  private void answer(long digestAt, StreamObserver<StatusReply> reply) {
    ReplicaView view = replica.consensus();
    Head head = replica.journal().head();
    StatusReply.Builder status =
        StatusReply.newBuilder()
            .setNode(facts.node())
            .setCluster(facts.cluster())
            .setHistory(head.history())
            .setRole(role(view.role()))
            .setLeader(leaders.hint(view.leader()))
            .setBallot(view.promised().toString())
            .setLogLength(view.length())
            .setDecidedSlot(Math.max(view.decided(), head.slot().slot()))
            .setAppliedSlot(head.slot().slot())
            .setCurrentOrder(head.order().order())
            .setFloor(head.retention().floor())
            .setDigest(ByteString.copyFrom(digest(digestAt, head).bytes()))
            .setFigures(figures());
    for (int node : view.configuration().nodes()) {
      NodeAddress address = facts.addresses().apply(node);
      if (address != null) {
        status.addMembers(
            Member.newBuilder()
                .setNode(node)
                .setAddress(address.clients().toString())
                .setPeerAddress(address.peers().toString()));
      }
    }
    reply.onNext(status.build());
    reply.onCompleted();
  }

  private Digest digest(long at, Head head) {
    Digest digest = at == 0 ? head.order().digest() : replica.journal().digestAt(at);
    if (digest == null) {
      throw new IllegalStateException("order ID %d is applied, and has no digest".formatted(at));
    }
    return digest;
  }

  private static StatusReply.Role role(ReplicaView.Role role) {
    return switch (role) {
      case FOLLOWER -> StatusReply.Role.FOLLOWER;
      case CANDIDATE -> StatusReply.Role.CANDIDATE;
      case LEADER -> StatusReply.Role.LEADER;
      case LEARNER -> StatusReply.Role.LEARNER;
    };
  }

  private Figures figures() {
    LogFigures log = facts.log().get();
    return Figures.newBuilder()
        .setCommitted(replica.counts().committed())
        .setRefused(replica.counts().refused())
        .setRefusedAtDoor(replica.counts().refusedAtDoor())
        .setBatches(replica.counts().batches())
        .setLogSyncs(log.groups())
        .setLogBytes(log.bytes())
        .setLeaderChanges(facts.leaderChanges().getAsLong())
        .setCpuMicros(ProcessFigures.cpuMicros())
        .setResidentBytes(ProcessFigures.residentBytes())
        .setUptimeMillis(ProcessFigures.uptimeMillis())
        .build();
  }
}
