package dev.ordinal.client;

import dev.ordinal.proto.store.v1.CommitReplyFrame;
import dev.ordinal.proto.store.v1.TaggedOutcome;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One CommitStream: frames of many transactions out, bundles of outcomes back.
 *
 * <p>The replica grants credit: how many more transactions may be unanswered. {@value
 * #CREDIT_AT_START} need none, so that nothing waits for a round trip when the stream opens; a
 * grant that comes before any outcome takes the place of these.
 */
final class StreamPath implements CommitPath {
  /** How many transactions one frame carries at most. */
  static final int FRAME_TRANSACTIONS_MAX = 512;

  private static final int CREDIT_AT_START = Session.WINDOW;

  /** Longer than a change of leaders takes, shorter than people wait. */
  private static final Duration STALL = Duration.ofSeconds(3);

  private final String address;
  private final Events events;
  private final ClientLoop loop;
  private final ClientCall<EncodedFrame, CommitReplyFrame> call;
  private final LongObjectMap<PendingCommit> unanswered = new LongObjectHashMap<>();
  private long credit = CREDIT_AT_START;
  private long quietSinceNanos;
  private boolean heardFrom;
  private boolean ended;

  StreamPath(String address, ManagedChannel channel, ClientLoop loop, Events events) {
    this.address = address;
    this.events = events;
    this.loop = loop;
    this.call = channel.newCall(EncodedFrame.STREAM, CallOptions.DEFAULT);
  }

  void start() {
    quietSinceNanos = System.nanoTime();
    call.start(new Replies(), new Metadata());
    call.request(2);
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public int room() {
    return ended || !call.isReady()
        ? 0
        : (int) Math.max(0, Math.min(credit, FRAME_TRANSACTIONS_MAX));
  }

  @Override
  public void send(List<PendingCommit> batch) {
    if (unanswered.isEmpty()) {
      quietSinceNanos = System.nanoTime();
    }
    for (PendingCommit commit : batch) {
      commit.sent();
      unanswered.put(commit.tag(), commit);
    }
    credit -= batch.size();
    call.sendMessage(EncodedFrame.frame(batch));
  }

  @Override
  public boolean isStalled(long nowNanos) {
    boolean isWaiting = !unanswered.isEmpty() || !call.isReady();
    return isWaiting && nowNanos - quietSinceNanos >= STALL.toNanos();
  }

  @Override
  public void abandon(String reason) {
    if (!ended) {
      call.cancel(reason, null);
      end(reason);
    }
  }

  private void onReplies(CommitReplyFrame frame) {
    if (ended) {
      return;
    }
    quietSinceNanos = System.nanoTime();
    grant(frame);
    for (TaggedOutcome outcome : frame.getOutcomesList()) {
      // A tag that is not there any more was answered before: a repeated reply says nothing new.
      PendingCommit commit = unanswered.remove(outcome.getTag());
      if (commit != null) {
        events.onAnswer(this, commit, OutcomeCodec.answer(outcome));
      }
    }
    events.onAnswersEnd();
    call.request(1);
  }

  private void grant(CommitReplyFrame frame) {
    boolean isFirstGrant = !heardFrom && frame.getOutcomesCount() == 0;
    heardFrom = true;
    credit = isFirstGrant ? frame.getCredit() - unanswered.size() : credit + frame.getCredit();
  }

  private void end(String reason) {
    ended = true;
    List<PendingCommit> lost = new ArrayList<>(unanswered.values());
    lost.sort(Comparator.comparingLong(PendingCommit::tag));
    unanswered.clear();
    for (PendingCommit commit : lost) {
      events.onAnswer(this, commit, new CommitAnswer.Lost(reason));
    }
    events.onEnd(this);
  }

  /** Replies arrive on the loop; a call that could not even start may end elsewhere. */
  private final class Replies extends ClientCall.Listener<CommitReplyFrame> {
    @Override
    public void onMessage(CommitReplyFrame frame) {
      loop.run(() -> onReplies(frame));
    }

    @Override
    public void onReady() {
      loop.run(events::onRoom);
    }

    @Override
    public void onClose(Status status, @Nullable Metadata trailers) {
      loop.run(() -> {
        if (!ended) {
          end("the stream ended: " + new RpcStatus(status, trailers).text(address));
        }
      });
    }
  }
}
