package dev.ordinal.server.rpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.state.LeaseImage;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.proto.store.v1.Command;
import dev.ordinal.proto.store.v1.GrantLease;
import dev.ordinal.proto.store.v1.KeepAliveReply;
import dev.ordinal.proto.store.v1.KeepAliveRequest;
import dev.ordinal.proto.store.v1.LeaseGrantReply;
import dev.ordinal.proto.store.v1.LeaseGrantRequest;
import dev.ordinal.proto.store.v1.LeaseGrpc;
import dev.ordinal.proto.store.v1.LeaseListReply;
import dev.ordinal.proto.store.v1.LeaseListRequest;
import dev.ordinal.proto.store.v1.LeaseRevokeReply;
import dev.ordinal.proto.store.v1.LeaseRevokeRequest;
import dev.ordinal.proto.store.v1.LeaseTimeToLiveReply;
import dev.ordinal.proto.store.v1.LeaseTimeToLiveRequest;
import dev.ordinal.proto.store.v1.RevokeLease;
import dev.ordinal.server.replica.StoreReplica;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** The service {@code ordinal.store.v1.Lease}. */
public final class LeaseService extends LeaseGrpc.LeaseImplBase {
  private final StoreReplica replica;
  private final ReadDesk reads;
  private final ReadPool pool;
  private final Replies replies;
  private final Proposals proposals;
  private final KeepAlives keepAlives;

  public LeaseService(StoreReplica replica, ReplicaFacts facts, StoreService.Means means) {
    Leaders leaders = new Leaders(facts.addresses());
    this.replica = replica;
    this.reads = new ReadDesk(replica, leaders, means.timer());
    this.pool = means.pool();
    this.replies = new Replies(means.failStop());
    this.proposals = new Proposals(replica, leaders, replies);
    this.keepAlives = new KeepAlives(replica, leaders);
  }

  @Override
  public void grant(LeaseGrantRequest request, StreamObserver<LeaseGrantReply> reply) {
    GrantLease grant =
        GrantLease.newBuilder()
            .setLease(request.getLease())
            .setTtlMillis(request.getTtlMillis())
            .build();
    proposals.propose(
        Command.newBuilder().setGrantLease(grant).build(),
        reply,
        outcome ->
            switch (outcome) {
              case Outcome.LeaseGranted(long lease, long ttlMillis) ->
                  LeaseGrantReply.newBuilder()
                      .setLease(lease)
                      .setTtlMillis(ttlMillis)
                      .setHistory(proposals.history())
                      .build();
              default -> throw Errors.of(outcome, Origin.NONE, proposals.history());
            });
  }

  @Override
  public void revoke(LeaseRevokeRequest request, StreamObserver<LeaseRevokeReply> reply) {
    RevokeLease revoke = RevokeLease.newBuilder().setLease(request.getLease()).build();
    proposals.propose(
        Command.newBuilder().setRevokeLease(revoke).build(),
        reply,
        outcome ->
            switch (outcome) {
              case Outcome.LeaseRevoked(_, long order) ->
                  LeaseRevokeReply.newBuilder().setOrder(order).build();
              default -> throw Errors.of(outcome, Origin.NONE, proposals.history());
            });
  }

  @Override
  public StreamObserver<KeepAliveRequest> keepAlive(StreamObserver<KeepAliveReply> replies) {
    return keepAlives.open(replies);
  }

  @Override
  public void timeToLive(
      LeaseTimeToLiveRequest request, StreamObserver<LeaseTimeToLiveReply> observer) {
    look(observer, () -> timeToLive(request));
  }

  private LeaseTimeToLiveReply timeToLive(LeaseTimeToLiveRequest request) {
    long clock = replica.journal().head().clock().millis();
    LeaseImage lease = replica.journal().lease(request.getLease());
    if (lease == null) {
      throw Errors.leaseUnknown(request.getLease());
    }
    LeaseTimeToLiveReply.Builder reply =
        LeaseTimeToLiveReply.newBuilder()
            .setTtlMillis(lease.header().ttlMillis())
            .setRemainingMillis(lease.header().remainingMillis(clock))
            .setKeyCount(lease.keys().size());
    if (request.getKeys()) {
      for (Key key : lease.keys()) {
        reply.addKeys(UnsafeByteOperations.unsafeWrap(key.bytes()));
      }
    }
    return reply.build();
  }

  @Override
  public void list(LeaseListRequest request, StreamObserver<LeaseListReply> observer) {
    look(
        observer,
        () -> {
          LeaseListReply.Builder reply = LeaseListReply.newBuilder();
          for (LeaseImage lease : replica.journal().leases()) {
            if (!lease.header().isOwn()) {
              reply.addLeases(lease.header().id());
            }
          }
          return reply.build();
        });
  }

  /** Answered from a state that holds whatever was decided when the call came. */
  private <R> void look(StreamObserver<R> observer, Supplier<R> answer) {
    StreamObserver<R> reply = Replies.forgiving(observer);
    reads.linearizable(
        new ReadDesk.Seeker(
            _ ->
                replies.guarded(
                    reply,
                    () -> pool.run(() -> replies.guarded(reply, () -> send(reply, answer.get())))),
            reply::onError));
  }

  private static <R> void send(StreamObserver<R> reply, R answer) {
    reply.onNext(answer);
    reply.onCompleted();
  }
}
