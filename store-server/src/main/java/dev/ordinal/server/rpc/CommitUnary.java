package dev.ordinal.server.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.journal.codec.CommandCodec;
import dev.ordinal.journal.codec.OutcomeCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.proto.store.v1.CommitReply;
import dev.ordinal.server.replica.Bundle;
import dev.ordinal.server.replica.Caller;
import dev.ordinal.server.replica.StoreReplica;
import dev.ordinal.server.wire.CommitFrames;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/** One transaction, one call. */
final class CommitUnary implements ServerCalls.UnaryMethod<byte[], CommitReply> {
  private final StoreReplica replica;
  private final Leaders leaders;
  private final long history;

  CommitUnary(StoreReplica replica, Leaders leaders) {
    this.replica = replica;
    this.leaders = leaders;
    this.history = replica.journal().head().history();
  }

  @Override
  public void invoke(byte[] request, StreamObserver<CommitReply> reply) {
    Payload encoded;
    try {
      encoded = CommitFrames.ofRequest(request);
    } catch (InvalidProtocolBufferException e) {
      reply.onError(Errors.malformed("not an encoded CommitRequest"));
      return;
    }
    switch (CommandCodec.decode(encoded.bytes())) {
      case Command.Submit submit ->
          replica.propose(encoded, submit, new Call(submit.transaction().origin(), reply));
      case Command.Malformed malformed -> reply.onError(Doorway.refusal(malformed));
      case Command.OpenSession _,
          Command.CloseSession _,
          Command.GrantLease _,
          Command.RevokeLease _,
          Command.KeepAlive _,
          Command.Tick _,
          Command.Barrier _,
          Command.Retain _ ->
          throw new IllegalStateException("a commit is a transaction");
    }
  }

  private final class Call implements Caller {
    private final Origin origin;
    private final StreamObserver<CommitReply> reply;

    Call(Origin origin, StreamObserver<CommitReply> reply) {
      this.origin = origin;
      this.reply = Replies.forgiving(reply);
    }

    @Override
    public Bundle decided(Outcome outcome) {
      if (outcome instanceof Outcome.Committed committed) {
        reply.onNext(
            CommitReply.newBuilder()
                .setCommitted(OutcomeCodec.toMessage(committed))
                .setHistory(history)
                .build());
        reply.onCompleted();
      } else {
        reply.onError(Errors.of(outcome, origin, history));
      }
      return Bundle.NONE;
    }

    @Override
    public void refused(Verdict verdict) {
      reply.onError(Errors.of(verdict, origin, leaders));
    }
  }
}
