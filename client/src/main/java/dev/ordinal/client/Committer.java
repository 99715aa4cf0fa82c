package dev.ordinal.client;

import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Takes transactions from all threads and stays with each until its outcome is known or its time is
 * over. All but {@link #submit} belongs to the loop.
 */
final class Committer implements CommitPath.Events {
  /*
   * A transaction waits until the session has room for it, gets its sequence, and travels in the
   * next frame. Whatever happens to that copy short of an answer (a broken stream, a lost leader),
   * the same sequence is sent again, to whoever leads then: the store answers a second copy with
   * the outcome of the first. That is the only reason why repeating is safe; a transaction without
   * a session is therefore sent again only if nothing of it entered the log.
   *
   * Frames fill themselves: submissions are taken over by a task on the loop, and while the loop
   * reads replies or writes a frame, further ones gather. There is no timer that waits for more.
   */

  /** A frame is closed when the next transaction would make it larger than this. */
  static final int FRAME_BYTES_MAX = 1 << 20;

  private static final Duration SWEEP = Duration.ofMillis(20);

  private final ClientLoop loop;
  private final Replicas replicas;
  private final ClientSettings settings;
  private final Sessions sessions;
  private final Queue<PendingCommit> incoming = new ConcurrentLinkedQueue<>();
  private final AtomicInteger outstanding = new AtomicInteger();
  private final AtomicBoolean wakeScheduled = new AtomicBoolean();
  private final Deque<PendingCommit> waiting = new ArrayDeque<>();
  private final TreeMap<Long, PendingCommit> repeats = new TreeMap<>();
  private final Deque<PendingCommit> byDeadline = new ArrayDeque<>();
  private final Backoff backoff = new Backoff();
  private final Allowance allowance = new Allowance();
  private final Counts counts = new Counts();
  private final Refusing refusing = new Refusing();
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private @Nullable CommitPath path;
  private long lastTag;
  private boolean paused;
  private boolean sweeping;

  private volatile boolean closing;

  Committer(ClientLoop loop, Replicas replicas, Calls calls, ClientSettings settings) {
    this.loop = loop;
    this.replicas = replicas;
    this.settings = settings;
    this.sessions = new Sessions(calls, settings.name());
  }

  /**
   * Takes a transaction, from any thread. The future completes on the loop, never with an error.
   */
  CompletableFuture<Outcome> submit(Transaction transaction) {
    if (closing) {
      return CompletableFuture.completedFuture(closed());
    }
    int max = settings.bounds().outstandingMax();
    if (outstanding.incrementAndGet() > max) {
      outstanding.decrementAndGet();
      return CompletableFuture.completedFuture(
          new Outcome.NotAccepted(max + " transactions of this client have no outcome so far"));
    }
    long deadlineNanos = System.nanoTime() + settings.commitTimeout().toNanos();
    PendingCommit commit = new PendingCommit(transaction, deadlineNanos);
    incoming.add(commit);
    try {
      wake();
    } catch (RejectedExecutionException e) {
      commit.future().complete(closed());
    }
    return commit.future();
  }

  private static Outcome closed() {
    return new Outcome.NotAccepted("the client is closed");
  }

  /** Lets the loop look for work, after what it is doing now. */
  private void wake() {
    if (wakeScheduled.compareAndSet(false, true)) {
      loop.later(this::work);
    }
  }

  private void work() {
    wakeScheduled.set(false);
    for (PendingCommit commit = incoming.poll(); commit != null; commit = incoming.poll()) {
      commit.submittedAs(++lastTag);
      waiting.add(commit);
      byDeadline.add(commit);
    }
    if (!sweeping && !byDeadline.isEmpty()) {
      sweeping = true;
      loop.after(SWEEP, this::sweep);
    }
    send();
    if (closing && outstanding.get() == 0) {
      idle.complete(null);
    }
  }

  private void send() {
    while (!paused && next() != null) {
      CommitPath to = path();
      int room = Math.min(to.room(), allowance.left(to.underWay()));
      List<PendingCommit> batch = paused ? List.of() : gather(room);
      if (batch.isEmpty()) {
        return;
      }
      counts.sent(batch, settings.unary() ? batch.size() : 1);
      to.send(batch);
    }
  }

  /** The path to the leader, as far as it is known; a path to another replica ends here. */
  private CommitPath path() {
    String leader = replicas.leader();
    CommitPath present = path;
    if (present != null && present.address().equals(leader)) {
      return present;
    }
    if (present != null) {
      path = null;
      present.abandon("another replica leads");
    }
    CommitPath opened = open(leader);
    path = opened;
    counts.connected();
    opened.start();
    return opened;
  }

  private CommitPath open(String address) {
    ManagedChannel channel = replicas.channelAfterFailure(address);
    return settings.unary()
        ? new UnaryPath(address, channel, loop, this)
        : new StreamPath(address, channel, loop, this);
  }

  private List<PendingCommit> gather(int room) {
    List<PendingCommit> batch = new ArrayList<>(Math.min(room, 64));
    int bytes = 0;
    while (batch.size() < room) {
      PendingCommit commit = next();
      if (commit == null) {
        break;
      }
      bytes += EncodedFrame.transactionBytes(commit);
      if (bytes > FRAME_BYTES_MAX && !batch.isEmpty()) {
        break;
      }
      take(commit);
      batch.add(commit);
    }
    return batch;
  }

  /** The next to be sent, with its place in a session; null if none can be sent now. */
  private @Nullable PendingCommit next() {
    while (!waiting.isEmpty() && waiting.element().isDone()) {
      waiting.remove();
    }
    PendingCommit commit = repeats.isEmpty() ? waiting.peek() : repeats.firstEntry().getValue();
    if (commit == null || commit.hasPlace()) {
      return commit;
    }
    Session session = sessions.current();
    if (session == null) {
      sessions.open(this::wake, this::onNoSession);
      return null;
    }
    if (!session.hasRoom()) {
      return null;
    }
    commit.enter(session);
    return commit;
  }

  private void take(PendingCommit commit) {
    if (repeats.isEmpty() || repeats.remove(commit.tag()) == null) {
      waiting.remove();
    }
  }

  private void onNoSession(OrdinalException cause) {
    waiting.forEach(commit -> commit.reason(String.valueOf(cause.getMessage())));
    if (cause.kind() == OrdinalException.Kind.INVALID
        || cause.kind() == OrdinalException.Kind.REFUSED) {
      List.copyOf(waiting).forEach(commit -> finish(commit, notAccepted(commit)));
    }
    pause(0);
    wake();
  }

  @Override
  public void onAnswer(CommitPath from, PendingCommit commit, CommitAnswer answer) {
    refusing.answered(answer instanceof CommitAnswer.Overloaded, System.nanoTime());
    if (answer instanceof CommitAnswer.Final known) {
      commit.answered(false);
      backoff.reset();
      allowance.taken();
      finish(commit, known.outcome());
    } else if (answer instanceof CommitAnswer.NotLeader elsewhere) {
      commit.answered(false);
      boolean isKnown = follow(from, elsewhere.leader());
      pause(isKnown ? 0 : elsewhere.retryAfterMillis());
      repeat(commit, elsewhere.reason());
    } else if (answer instanceof CommitAnswer.Overloaded overloaded) {
      commit.answered(false);
      if (!paused) {
        allowance.refused(from.underWay());
      }
      pause(overloaded.retryAfterMillis());
      repeat(commit, overloaded.reason());
    } else if (answer instanceof CommitAnswer.Undetermined) {
      commit.answered(true);
      pause(0);
      repeat(commit, "its leader was lost before it was decided");
    } else if (answer instanceof CommitAnswer.Lost lost) {
      commit.answered(true);
      replicas.leaderFailed(from.address());
      pause(0);
      repeat(commit, lost.reason());
    } else if (answer instanceof CommitAnswer.SessionLost lost) {
      commit.answered(false);
      startAgain(commit, lost.reason());
    }
  }

  /** Turns to the leader that was named; false if none was, then to the next replica. */
  private boolean follow(CommitPath from, @Nullable String leader) {
    if (leader == null || leader.equals(from.address())) {
      replicas.leaderFailed(from.address());
      return false;
    }
    replicas.hinted(from.address(), leader);
    return true;
  }

  /** Sends it once more, unless that could make it happen twice. */
  private void repeat(PendingCommit commit, String reason) {
    commit.reason(reason);
    if (commit.isDone()) {
      return;
    }
    if (!commit.usesSession() && commit.mayHaveHappened()) {
      finish(commit, unknown(commit));
    } else {
      repeats.put(commit.tag(), commit);
    }
  }

  /** Its session is of no use any more; in another it may start again if it never began. */
  private void startAgain(PendingCommit commit, String reason) {
    commit.reason(reason);
    Session session = commit.session();
    if (session != null) {
      session.retire();
    }
    if (commit.isDone()) {
      return;
    }
    if (commit.mayHaveHappened()) {
      finish(commit, unknown(commit));
    } else {
      commit.leaveSession();
      repeats.put(commit.tag(), commit);
      pause(0);
    }
  }

  @Override
  public void onAnswersEnd() {
    wake();
  }

  @Override
  public void onRoom() {
    send();
  }

  @Override
  public void onEnd(CommitPath ended) {
    if (ended.equals(path)) {
      path = null;
      replicas.leaderFailed(ended.address());
      pause(0);
    }
  }

  /** Sends nothing for a moment that grows with every failure in a row. */
  private void pause(long millisMin) {
    if (!paused) {
      paused = true;
      Duration pause = backoff.next();
      Duration wish = Duration.ofMillis(Math.min(millisMin, settings.commitTimeout().toMillis()));
      loop.after(
          pause.compareTo(wish) < 0 ? wish : pause,
          () -> {
            paused = false;
            send();
          });
    }
  }

  private void sweep() {
    long now = System.nanoTime();
    PendingCommit oldest = byDeadline.peek();
    while (oldest != null && (oldest.isDone() || oldest.isExpired(now))) {
      byDeadline.remove();
      if (!oldest.isDone()) {
        finish(oldest, oldest.mayHaveHappened() ? unknown(oldest) : notAccepted(oldest));
      }
      oldest = byDeadline.peek();
    }
    sweeping = !byDeadline.isEmpty();
    if (!sweeping) {
      refusing.forget();
    }
    leaveIfStalled(now);
    if (sweeping) {
      loop.after(SWEEP, this::sweep);
    }
    wake();
  }

  /**
   * A replica whose doors are open while nothing moves behind them refuses everything once its
   * queue is full. The next one knows who leads, be it the same.
   */
  private void leaveIfStalled(long nowNanos) {
    CommitPath present = path;
    boolean onlyRefuses = refusing.lasts(CommitPath.STALL, nowNanos);
    if (present != null && (onlyRefuses || present.isStalled(nowNanos))) {
      refusing.forget();
      present.abandon("no answer for some seconds");
    }
  }

  private static Outcome unknown(PendingCommit commit) {
    Session session = commit.session();
    return new Outcome.Unknown(
        session == null ? 0 : session.id(), commit.sequence(), commit.reason());
  }

  private static Outcome notAccepted(PendingCommit commit) {
    return new Outcome.NotAccepted(commit.reason());
  }

  private void finish(PendingCommit commit, Outcome outcome) {
    if (commit.isDone()) {
      return;
    }
    if (!repeats.isEmpty()) {
      repeats.remove(commit.tag());
    }
    Session session = commit.session();
    if (session != null && outcome instanceof Outcome.Unknown) {
      session.retire();
    } else if (session != null) {
      session.known(commit.sequence());
    }
    outstanding.decrementAndGet();
    commit.future().complete(outcome);
  }

  ClientFigures figures() {
    return counts.figures();
  }

  /** Takes nothing new; ends once every outcome is known or unknown for good. */
  CompletableFuture<Void> close() {
    closing = true;
    wake();
    return idle.thenCompose(nothing -> sessions.close());
  }
}
