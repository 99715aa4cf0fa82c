package dev.ordinal.server.retention;

import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.journal.codec.RetentionCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.retention.NotRetained;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.server.replica.Bundle;
import dev.ordinal.server.replica.Caller;
import dev.ordinal.server.replica.StoreReplica;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proposes to move the floor while this replica leads, as the policy asks for; on a thread of its
 * own, since it looks into the journal. Two leaders may both propose: the floor never falls.
 */
public final class FloorKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FloorKeeper.class);

  private final StoreReplica replica;
  private final Duration look;
  private final Consumer<RuntimeException> failed;
  private final Thread thread;

  /** Guarded by this. */
  private boolean closed;

  /** A proposal is under way. Guarded by this. */
  private boolean waiting;

  /**
   * Starts looking.
   *
   * @param look how long between two looks
   * @param failed told that the journal cannot be read; the process must end then
   */
  public FloorKeeper(StoreReplica replica, Duration look, Consumer<RuntimeException> failed) {
    this.replica = replica;
    this.look = look;
    this.failed = failed;
    this.thread = Thread.ofPlatform().name("floor").daemon().start(this::run);
  }

  private void run() {
    try {
      while (rested()) {
        if (replica.consensus().role() == ReplicaView.Role.LEADER) {
          wanted().ifPresent(this::propose);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed.accept(e);
    }
  }

  private OptionalLong wanted() {
    try {
      return replica.journal().wantedFloor();
    } catch (NotRetained moved) {
      return OptionalLong.empty(); // another's proposal moved the floor just now
    }
  }

  private void propose(long order) {
    synchronized (this) {
      if (waiting) {
        return;
      }
      waiting = true;
    }
    RetentionChange change = new RetentionChange.MoveFloor(order);
    replica.propose(
        Payload.wrap(RetentionCodec.command(change)), new Command.Retain(change), new Proposed());
  }

  private synchronized void answered() {
    waiting = false;
  }

  private final class Proposed implements Caller {
    @Override
    public Bundle decided(Outcome outcome) {
      answered();
      LOG.atDebug().addKeyValue("outcome", outcome).log("the floor was moved");
      return Bundle.NONE;
    }

    /** Whoever leads next looks by itself. */
    @Override
    public void refused(Verdict verdict) {
      answered();
    }
  }

  /** False: it is closed. */
  private synchronized boolean rested() throws InterruptedException {
    long until = System.nanoTime() + look.toNanos();
    for (long rest = look.toNanos(); rest > 0 && !closed; rest = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, rest);
    }
    return !closed;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
