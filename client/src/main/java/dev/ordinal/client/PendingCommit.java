package dev.ordinal.client;

import com.google.protobuf.ByteString;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A transaction between its commit call and its outcome. Belongs to the loop once submitted. */
final class PendingCommit {
  private final ByteString encoded;
  private final boolean usesSession;
  private final long deadlineNanos;
  private final CompletableFuture<Outcome> future = new CompletableFuture<>();
  private long tag;
  private @Nullable Session session;
  private long sequence;
  private int copiesSent;
  private int copiesUnanswered;
  private boolean mayHaveHappened;
  private String lastReason = "no replica could be reached";

  PendingCommit(Transaction transaction, long deadlineNanos) {
    this.encoded = transaction.encoded();
    this.usesSession = transaction.usesSession();
    this.deadlineNanos = deadlineNanos;
  }

  ByteString encoded() {
    return encoded;
  }

  boolean usesSession() {
    return usesSession;
  }

  CompletableFuture<Outcome> future() {
    return future;
  }

  boolean isExpired(long nowNanos) {
    return nowNanos - deadlineNanos >= 0;
  }

  boolean isDone() {
    return future.isDone();
  }

  /** Its number among all of this client: the order of submission. */
  long tag() {
    return tag;
  }

  void submittedAs(long value) {
    this.tag = value;
  }

  @Nullable Session session() {
    return session;
  }

  long sequence() {
    return sequence;
  }

  /** Gives it a place in {@code in}, for good unless {@link #leaveSession} says otherwise. */
  void enter(Session in) {
    session = in;
    sequence = in.nextSequence();
  }

  /** No copy of it was ever taken in: it may start again in another session. */
  void leaveSession() {
    if (mayHaveHappened) {
      throw new IllegalStateException("a transaction that may have happened keeps its session");
    }
    session = null;
    sequence = 0;
  }

  boolean hasPlace() {
    return !usesSession || session != null;
  }

  int copiesSent() {
    return copiesSent;
  }

  void sent() {
    copiesSent++;
    copiesUnanswered++;
  }

  void answered(boolean mayHaveEnteredTheLog) {
    copiesUnanswered--;
    mayHaveHappened |= mayHaveEnteredTheLog;
  }

  /** Whether some copy of it may be, or come, in the log. */
  boolean mayHaveHappened() {
    return mayHaveHappened || copiesUnanswered > 0;
  }

  void reason(String value) {
    lastReason = value;
  }

  String reason() {
    return lastReason;
  }
}
