package dev.ordinal.server.rpc;

import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.journal.codec.CommandCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.server.replica.Bundle;
import dev.ordinal.server.replica.Caller;
import dev.ordinal.server.replica.StoreReplica;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;

/** Unary calls that put one command into the log and answer what became of it. */
final class Proposals {
  private final StoreReplica replica;
  private final Leaders leaders;
  private final Replies replies;
  private final long history;

  Proposals(StoreReplica replica, Leaders leaders, Replies replies) {
    this.replica = replica;
    this.leaders = leaders;
    this.replies = replies;
    this.history = replica.journal().head().history();
  }

  long history() {
    return history;
  }

  /**
   * Proposes {@code message} for a caller.
   *
   * @param translate makes the reply of the outcome, or throws what the caller is told
   */
  <R> void propose(
      dev.ordinal.proto.store.v1.Command message,
      StreamObserver<R> observer,
      Function<Outcome, R> translate) {
    StreamObserver<R> reply = Replies.forgiving(observer);
    Payload encoded = Payload.wrap(message.toByteArray());
    Command command = CommandCodec.decode(encoded.bytes());
    if (command instanceof Command.Malformed malformed) {
      reply.onError(Doorway.refusal(malformed));
    } else {
      replica.propose(encoded, command, new Call<>(reply, translate));
    }
  }

  private final class Call<R> implements Caller {
    private final StreamObserver<R> reply;
    private final Function<Outcome, R> translate;

    Call(StreamObserver<R> reply, Function<Outcome, R> translate) {
      this.reply = reply;
      this.translate = translate;
    }

    @Override
    public Bundle decided(Outcome outcome) {
      replies.guarded(
          reply,
          () -> {
            reply.onNext(translate.apply(outcome));
            reply.onCompleted();
          });
      return Bundle.NONE;
    }

    @Override
    public void refused(Verdict verdict) {
      reply.onError(Errors.of(verdict, Origin.NONE, leaders));
    }
  }
}
