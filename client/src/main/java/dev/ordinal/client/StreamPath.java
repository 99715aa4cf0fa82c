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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
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

  private final String address;
  private final Events events;
  private final ClientLoop loop;
  private final ClientCall<EncodedFrame, CommitReplyFrame> call;
  private final LongObjectMap<PendingCommit> unanswered = new LongObjectHashMap<>();

  /** As they were sent. The answered ones leave when {@link #isStalled} looks. */
  private final Deque<Copy> copies = new ArrayDeque<>();

  private long credit = CREDIT_AT_START;
  private long waitingSinceNanos;
  private boolean heardFrom;
  private boolean ended;

  StreamPath(String address, ManagedChannel channel, ClientLoop loop, Events events) {
    this.address = address;
    this.events = events;
    this.loop = loop;
    this.call = channel.newCall(EncodedFrame.STREAM, CallOptions.DEFAULT);
  }

  @Override
  public void start() {
    waitingSinceNanos = System.nanoTime();
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
  public int underWay() {
    return unanswered.size();
  }

  @Override
  public void send(List<PendingCommit> batch) {
    if (unanswered.isEmpty()) {
      waitingSinceNanos = System.nanoTime();
    }
    for (PendingCommit commit : batch) {
      commit.sent();
      unanswered.put(commit.tag(), commit);
      copies.add(new Copy(commit, commit.copiesSent()));
    }
    credit -= batch.size();
    call.sendMessage(EncodedFrame.frame(batch));
  }

  /**
   * It is the oldest that is waited for: answers come in the order of the log, so one that is
   * passed over, or that only refusals at the door come after, will not be answered any more.
   */
  @Override
  public boolean isStalled(long nowNanos) {
    while (!copies.isEmpty() && isAnswered(copies.element())) {
      copies.remove();
      waitingSinceNanos = nowNanos;
    }
    boolean isWaiting = !copies.isEmpty() || room() == 0;
    return isWaiting && nowNanos - waitingSinceNanos >= STALL.toNanos();
  }

  /** The same transaction may be under way again: then it is another copy. */
  private boolean isAnswered(Copy copy) {
    return copy.commit.copiesSent() != copy.number || !unanswered.containsKey(copy.commit.tag());
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

  private record Copy(PendingCommit commit, int number) {}

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
