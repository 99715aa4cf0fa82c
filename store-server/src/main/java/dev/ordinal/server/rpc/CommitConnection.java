package dev.ordinal.server.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.journal.codec.CommandCodec;
import dev.ordinal.journal.codec.OutcomeCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.proto.store.v1.CommitReplyFrame;
import dev.ordinal.proto.store.v1.NotAccepted;
import dev.ordinal.proto.store.v1.TaggedOutcome;
import dev.ordinal.proto.store.v1.Undetermined;
import dev.ordinal.server.replica.Bundle;
import dev.ordinal.server.replica.Caller;
import dev.ordinal.server.replica.StoreReplica;
import dev.ordinal.server.wire.CommitFrames;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;

/**
 * One client's stream of transactions. Outcomes gather until the apply thread has nothing more at
 * hand, then leave as one frame with the credit that they free. Credit returns only with outcomes
 * that were sent, so what gathers for a client that does not read is bounded by its credit; and one
 * that ignores its credit is not read from.
 *
 * <p>Invariant: {@code unanswered} counts what came in and was not sent back, gathered outcomes
 * included.
 */
final class CommitConnection implements StreamObserver<byte[]>, Bundle {
  private final StoreReplica replica;
  private final Leaders leaders;
  private final int creditMax;
  private final ServerCallStreamObserver<CommitReplyFrame> replies;
  private final long history;

  private CommitReplyFrame.Builder gathered = CommitReplyFrame.newBuilder();
  private int unanswered;
  private boolean paused;
  private boolean halfClosed;
  private boolean ended;

  CommitConnection(
      StoreReplica replica,
      Leaders leaders,
      int creditMax,
      StreamObserver<CommitReplyFrame> replies) {
    this.replica = replica;
    this.leaders = leaders;
    this.creditMax = creditMax;
    this.history = replica.journal().head().history();
    this.replies = Replies.forgiving(replies);
    this.replies.disableAutoRequest();
    this.replies.setOnReadyHandler(this::send);
  }

  /** Grants the first credit. */
  synchronized void open() {
    replies.onNext(CommitReplyFrame.newBuilder().setCredit(creditMax).setHistory(history).build());
    replies.request(1);
  }

  @Override
  public void onNext(byte[] frame) {
    List<CommitFrames.Submission> submissions;
    try {
      submissions = CommitFrames.ofFrame(frame);
    } catch (InvalidProtocolBufferException e) {
      end(Errors.malformed("not an encoded CommitFrame"));
      return;
    }
    synchronized (this) {
      unanswered += submissions.size();
    }
    submissions.forEach(this::submit);
    readOn();
  }

  private synchronized void readOn() {
    paused = unanswered > creditMax;
    if (!paused) {
      replies.request(1);
    }
  }

  private void submit(CommitFrames.Submission submission) {
    switch (CommandCodec.decode(submission.command().bytes())) {
      case Command.Submit submit ->
          replica.propose(submission.command(), submit, new Submitted(submission.tag()));
      case Command.Malformed(String reason, _) -> {
        gather(
            TaggedOutcome.newBuilder()
                .setTag(submission.tag())
                .setNotAccepted(notAccepted(NotAccepted.Reason.INVALID).setMessage(reason)));
        send();
      }
      case Command.OpenSession _,
          Command.CloseSession _,
          Command.GrantLease _,
          Command.RevokeLease _,
          Command.KeepAlive _,
          Command.Tick _,
          Command.Barrier _,
          Command.Retain _ ->
          throw new IllegalStateException("a frame holds transactions");
    }
  }

  private synchronized void gather(TaggedOutcome.Builder outcome) {
    gathered.addOutcomes(outcome);
  }

  /** Sends what has gathered, if the client reads. */
  @Override
  public synchronized void send() {
    int count = gathered.getOutcomesCount();
    if (ended || count == 0 || !replies.isReady()) {
      return;
    }
    replies.onNext(gathered.setCredit(count).setHistory(history).build());
    gathered = CommitReplyFrame.newBuilder();
    unanswered -= count;
    if (halfClosed) {
      completeWhenAnswered();
    } else if (paused) {
      readOn();
    }
  }

  private void completeWhenAnswered() {
    if (unanswered == 0 && !ended) {
      ended = true;
      replies.onCompleted();
    }
  }

  private synchronized void end(RuntimeException error) {
    if (!ended) {
      ended = true;
      replies.onError(error);
    }
  }

  /** The client is gone; what it sent goes its way, and nobody hears of it. */
  @Override
  public synchronized void onError(Throwable cause) {
    ended = true;
  }

  @Override
  public synchronized void onCompleted() {
    halfClosed = true;
    completeWhenAnswered();
  }

  private static NotAccepted.Builder notAccepted(NotAccepted.Reason reason) {
    return NotAccepted.newBuilder().setReason(reason);
  }

  private final class Submitted implements Caller {
    private final long tag;

    Submitted(long tag) {
      this.tag = tag;
    }

    @Override
    public Bundle decided(Outcome outcome) {
      gather(TaggedOutcome.newBuilder().setTag(tag).setOutcome(OutcomeCodec.toMessage(outcome)));
      return CommitConnection.this;
    }

    @Override
    public void refused(Verdict verdict) {
      TaggedOutcome.Builder outcome = TaggedOutcome.newBuilder().setTag(tag);
      switch (verdict) {
        case Verdict.NotLeader(int leader) ->
            outcome.setNotAccepted(
                notAccepted(NotAccepted.Reason.NOT_LEADER)
                    .setLeader(leaders.hint(leader))
                    .setRetryAfterMillis(Errors.RETRY_AFTER_MILLIS));
        case Verdict.Overloaded _ ->
            outcome.setNotAccepted(
                notAccepted(NotAccepted.Reason.OVERLOADED)
                    .setRetryAfterMillis(Errors.RETRY_AFTER_MILLIS));
        case Verdict.TooLarge tooLarge ->
            outcome.setNotAccepted(
                notAccepted(NotAccepted.Reason.INVALID).setMessage(tooLarge.toString()));
        case Verdict.Undetermined _ -> outcome.setUndetermined(Undetermined.getDefaultInstance());
        case Verdict.ReadableAt _, Verdict.OnMembership _ ->
            throw new IllegalStateException("not a commit: " + verdict);
      }
      gather(outcome);
      send();
    }
  }
}
