package dev.ordinal.server.rpc;

import dev.ordinal.journal.codec.RetentionCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.retention.Hold;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.store.CollectionFigures;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.proto.store.v1.ChangeRetentionRequest;
import dev.ordinal.proto.store.v1.Collection;
import dev.ordinal.proto.store.v1.Command;
import dev.ordinal.proto.store.v1.RetentionGrpc;
import dev.ordinal.proto.store.v1.RetentionReply;
import dev.ordinal.proto.store.v1.ShowRetentionRequest;
import dev.ordinal.server.replica.StoreReplica;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The service {@code ordinal.store.v1.Retention}. */
public final class RetentionService extends RetentionGrpc.RetentionImplBase {
  private final StoreReplica replica;
  private final int node;
  private final Replies replies;
  private final Proposals proposals;

  /**
   * @param failStop ends the process: the first storage error is the last
   */
  public RetentionService(
      StoreReplica replica, ReplicaFacts facts, Consumer<RuntimeException> failStop) {
    this.replica = replica;
    this.node = facts.node();
    this.replies = new Replies(failStop);
    this.proposals = new Proposals(replica, new Leaders(facts.members()), replies);
  }

  @Override
  public void show(ShowRetentionRequest request, StreamObserver<RetentionReply> observer) {
    StreamObserver<RetentionReply> reply = Replies.forgiving(observer);
    replies.guarded(
        reply,
        () -> {
          reply.onNext(present());
          reply.onCompleted();
        });
  }

  @Override
  public void change(ChangeRetentionRequest request, StreamObserver<RetentionReply> observer) {
    proposals.propose(
        Command.newBuilder().setRetention(request.getChange()).build(),
        observer,
        outcome ->
            switch (outcome) {
              case Outcome.Retains _ -> present();
              default -> throw Errors.of(outcome, Origin.NONE, replica.journal().head().history());
            });
  }

  private RetentionReply present() {
    Head head = replica.journal().head();
    CollectionFigures figures = replica.journal().collection();
    RetentionReply.Builder reply =
        RetentionReply.newBuilder()
            .setNode(node)
            .setHistory(head.history())
            .setFloor(head.retention().floor())
            .setCurrentOrder(head.order().order())
            .setClockMillis(head.clock().millis())
            .setPolicy(RetentionCodec.toMessage(head.retention().policy()))
            .setCollection(
                Collection.newBuilder()
                    .setThrough(figures.through())
                    .setRemoved(figures.removed())
                    .setLongestWaitMicros(
                        TimeUnit.NANOSECONDS.toMicros(figures.longestWaitNanos())));
    head.retention().holds().forEach(hold -> reply.addHolds(toMessage(hold)));
    return reply.build();
  }

  private static dev.ordinal.proto.store.v1.Hold toMessage(Hold hold) {
    var message =
        dev.ordinal.proto.store.v1.Hold.newBuilder().setName(hold.name()).setOrder(hold.order());
    if (hold.untilMillis() != Hold.UNTIL_RELEASED) {
      message.setUntilMillis(hold.untilMillis());
    }
    return message.build();
  }
}
