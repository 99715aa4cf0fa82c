package dev.ordinal.server.rpc;

import dev.ordinal.journal.codec.OutcomeCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.proto.store.v1.CloseSession;
import dev.ordinal.proto.store.v1.CloseSessionReply;
import dev.ordinal.proto.store.v1.CloseSessionRequest;
import dev.ordinal.proto.store.v1.OpenSessionReply;
import dev.ordinal.proto.store.v1.OpenSessionRequest;
import dev.ordinal.proto.store.v1.QueryOutcomeReply;
import dev.ordinal.proto.store.v1.QueryOutcomeRequest;
import dev.ordinal.server.replica.StoreReplica;
import io.grpc.stub.StreamObserver;

/** OpenSession, CloseSession and QueryOutcome. */
final class SessionDesk {
  private final StoreReplica replica;
  private final ReadDesk reads;
  private final ReadPool pool;
  private final Proposals proposals;
  private final Replies replies;
  private final long history;

  SessionDesk(
      StoreReplica replica, ReadDesk reads, ReadPool pool, Proposals proposals, Replies replies) {
    this.replica = replica;
    this.reads = reads;
    this.pool = pool;
    this.proposals = proposals;
    this.replies = replies;
    this.history = proposals.history();
  }

  void open(OpenSessionRequest request, StreamObserver<OpenSessionReply> reply) {
    proposals.propose(
        dev.ordinal.proto.store.v1.Command.newBuilder()
            .setOpenSession(request.getSession())
            .build(),
        reply,
        outcome ->
            switch (outcome) {
              case Outcome.SessionOpened(long session) ->
                  OpenSessionReply.newBuilder().setSession(session).setHistory(history).build();
              default -> throw Errors.of(outcome, Origin.NONE, history);
            });
  }

  /** A session that is not open is as good as closed. */
  void close(CloseSessionRequest request, StreamObserver<CloseSessionReply> reply) {
    CloseSession close = CloseSession.newBuilder().setSession(request.getSession()).build();
    proposals.propose(
        dev.ordinal.proto.store.v1.Command.newBuilder().setCloseSession(close).build(),
        reply,
        outcome ->
            switch (outcome) {
              case Outcome.SessionClosed(), Outcome.SessionUnknown _ ->
                  CloseSessionReply.getDefaultInstance();
              default -> throw Errors.of(outcome, Origin.NONE, history);
            });
  }

  /**
   * Answered after a linearizable read began: whatever was decided by then is known. What is still
   * under way, in a queue or on the network, is not.
   */
  void query(QueryOutcomeRequest request, StreamObserver<QueryOutcomeReply> observer) {
    StreamObserver<QueryOutcomeReply> reply = Replies.forgiving(observer);
    reads.linearizable(
        new ReadDesk.Seeker(
            order -> replies.guarded(reply, () -> pool.run(() -> look(request, order, reply))),
            reply::onError));
  }

  private void look(
      QueryOutcomeRequest request, long order, StreamObserver<QueryOutcomeReply> reply) {
    replies.guarded(
        reply,
        () -> {
          QueryOutcomeReply.Builder answer = QueryOutcomeReply.newBuilder().setCurrentOrder(order);
          Outcome outcome =
              replica.journal().recordedOutcome(request.getSession(), request.getSequence());
          if (outcome != null) {
            answer.setOutcome(OutcomeCodec.toMessage(outcome));
          }
          reply.onNext(answer.build());
          reply.onCompleted();
        });
  }
}
