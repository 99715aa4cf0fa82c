package dev.ordinal.server.rpc;

import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.proto.store.v1.LeaderHint;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.server.replica.Reader;
import dev.ordinal.server.replica.StoreReplica;
import io.grpc.Context;
import io.grpc.Deadline;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Finds the order ID that a read is to see, and waits until it can be seen here. */
final class ReadDesk {
  /** How long a read without a deadline waits for a replica that is behind. */
  private static final long WAIT_MILLIS_MAX = 2_000;

  /** Of a caller's time, what is waited here: it must be able to ask the leader in the rest. */
  private static final long SHARE_OF_DEADLINE = 2;

  private final StoreReplica replica;
  private final Leaders leaders;
  private final ScheduledExecutorService timer;
  private final long history;

  ReadDesk(StoreReplica replica, Leaders leaders, ScheduledExecutorService timer) {
    this.replica = replica;
    this.leaders = leaders;
    this.timer = timer;
    this.history = replica.journal().head().history();
  }

  /** Who reads: told the order ID, or what is wrong; on any thread that must not be held up. */
  record Seeker(LongConsumer found, Consumer<RuntimeException> failed) {}

  void seek(ReadRequest request, Seeker seeker) {
    requireHistory(request.getHistory());
    switch (request.getConsistencyCase()) {
      case AT -> whenApplied(request.getAt(), seeker);
      case LINEARIZABLE -> linearizable(seeker);
      case LATEST, CONSISTENCY_NOT_SET -> seeker.found().accept(replica.progress().order());
    }
  }

  /** Throws the error for the caller unless {@code wanted} is 0 or the history that is kept. */
  void requireHistory(long wanted) {
    if (wanted != 0 && wanted != history) {
      throw Errors.notRetained(
          "history %016x is another one than %016x, which is kept here".formatted(wanted, history),
          Errors.retained(0, replica.progress().order(), history));
    }
  }

  void linearizable(Seeker seeker) {
    replica.read(
        new Reader() {
          @Override
          public void readable() {
            seeker.found().accept(replica.progress().order());
          }

          @Override
          public void refused(Verdict verdict) {
            seeker.failed().accept(Errors.of(verdict, Origin.NONE, leaders));
          }
        });
  }

  /** An order ID beyond what is applied may be one that this replica has not heard of: it waits. */
  private void whenApplied(long order, Seeker seeker) {
    if (order < 0) {
      throw Errors.invalid(
          "ORDER_ID_OUT_OF_RANGE",
          "an order ID is from 0 to 2^63 - 1, was " + Long.toUnsignedString(order));
    }
    if (order <= replica.progress().order()) {
      seeker.found().accept(order);
      return;
    }
    Wait wait = new Wait(order, seeker);
    wait.begin(patienceMillis());
    replica.read(wait);
  }

  /**
   * Ends once: when the order ID is applied, when patience does, or when a linearizable read finds
   * the head before it. Who knows an order ID heard of it after it was committed, so that such a
   * read, begun later, sees it; only the leader can make one.
   */
  private final class Wait implements Reader {
    private final long order;
    private final Seeker seeker;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final Runnable onApplied = this::found;

    Wait(long order, Seeker seeker) {
      this.order = order;
      this.seeker = seeker;
    }

    void begin(long patienceMillis) {
      var _ = timer.schedule(this::giveUp, patienceMillis, TimeUnit.MILLISECONDS);
      replica.progress().whenApplied(order, onApplied);
    }

    private void found() {
      if (answered.compareAndSet(false, true)) {
        seeker.found().accept(order);
      }
    }

    @Override
    public void readable() {
      Head head = replica.journal().head();
      if (head.order().order() < order) {
        fail(Errors.beyondHead(order, head));
      }
    }

    /** Not the leader, or not for now: this replica can only wait. */
    @Override
    public void refused(Verdict verdict) {}

    private void giveUp() {
      LeaderHint leader = leaders.hint(replica.consensus().leader());
      fail(Errors.lag(order, replica.progress().order(), leader));
    }

    private void fail(RuntimeException error) {
      if (answered.compareAndSet(false, true)) {
        replica.progress().forget(order, onApplied);
        seeker.failed().accept(error);
      }
    }
  }

  private static long patienceMillis() {
    Deadline deadline = Context.current().getDeadline();
    if (deadline == null) {
      return WAIT_MILLIS_MAX;
    }
    return Math.max(0, deadline.timeRemaining(TimeUnit.MILLISECONDS) / SHARE_OF_DEADLINE);
  }
}
