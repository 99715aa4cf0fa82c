package dev.ordinal.client;

import dev.ordinal.proto.store.v1.CommitReply;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Each transaction as a unary call of its own. */
final class UnaryPath implements CommitPath {
  private static final int UNANSWERED_MAX = Session.WINDOW;

  private final String address;
  private final ManagedChannel channel;
  private final ClientLoop loop;
  private final Events events;
  private final Map<PendingCommit, ClientCall<EncodedFrame, CommitReply>> unanswered =
      new LinkedHashMap<>();

  UnaryPath(String address, ManagedChannel channel, ClientLoop loop, Events events) {
    this.address = address;
    this.channel = channel;
    this.loop = loop;
    this.events = events;
  }

  @Override
  public String address() {
    return address;
  }

  /** Nothing: each call connects for itself. */
  @Override
  public void start() {}

  @Override
  public int room() {
    return UNANSWERED_MAX - unanswered.size();
  }

  @Override
  public int underWay() {
    return unanswered.size();
  }

  @Override
  public void send(List<PendingCommit> batch) {
    for (PendingCommit commit : batch) {
      ClientCall<EncodedFrame, CommitReply> call =
          channel.newCall(
              EncodedFrame.UNARY,
              CallOptions.DEFAULT.withDeadlineAfter(STALL.toNanos(), TimeUnit.NANOSECONDS));
      commit.sent();
      unanswered.put(commit, call);
      call.start(new Reply(commit), new Metadata());
      call.request(2);
      call.sendMessage(EncodedFrame.request(commit));
      call.halfClose();
    }
  }

  /** Never: each call has a deadline of its own. */
  @Override
  public boolean isStalled(long nowNanos) {
    return false;
  }

  @Override
  public void abandon(String reason) {
    Map<PendingCommit, ClientCall<EncodedFrame, CommitReply>> lost =
        new LinkedHashMap<>(unanswered);
    unanswered.clear();
    lost.forEach((commit, call) -> {
      call.cancel(reason, null);
      events.onAnswer(this, commit, new CommitAnswer.Lost(reason));
    });
    events.onEnd(this);
  }

  private void answer(PendingCommit commit, CommitAnswer answer) {
    if (unanswered.remove(commit) != null) {
      events.onAnswer(this, commit, answer);
      events.onAnswersEnd();
    }
  }

  /** The reply to one transaction. */
  private final class Reply extends ClientCall.Listener<CommitReply> {
    private final PendingCommit commit;
    private @Nullable CommitReply reply;

    Reply(PendingCommit commit) {
      this.commit = commit;
    }

    @Override
    public void onMessage(CommitReply message) {
      reply = message;
    }

    @Override
    public void onClose(Status status, @Nullable Metadata trailers) {
      CommitAnswer answer =
          status.isOk() && reply != null
              ? new CommitAnswer.Final(OutcomeCodec.committed(reply.getCommitted()))
              : new RpcStatus(status, trailers).commitAnswer(address);
      loop.run(() -> answer(commit, answer));
    }
  }
}
