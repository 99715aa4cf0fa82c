package dev.ordinal.journal;

import dev.ordinal.journal.codec.CommandCodec;
import dev.ordinal.journal.feed.Feed;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.read.SnapshotReader;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.retention.Mark;
import dev.ordinal.journal.retention.NotRetained;
import dev.ordinal.journal.state.Applied;
import dev.ordinal.journal.state.Dues;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.state.LeaseImage;
import dev.ordinal.journal.state.StateMachine;
import dev.ordinal.journal.store.CollectionFigures;
import dev.ordinal.journal.store.StateStore;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one replica. Slots are applied by one thread; everything else may be asked by any.
 *
 * <p>What a slot does is visible to readers and subscribers when {@link #apply} returns, and
 * durable some time later: through {@link #durableSlot} at least. After a crash the journal stands
 * at some slot from there on, and the slots after it must be applied again; they come to the same.
 */
public final class Journal implements AutoCloseable {
  private final StateStore store;
  private final StateMachine machine;
  private final SnapshotReader reader;
  private final Feed feed;
  private final Flusher flusher;
  private final Collector collector;

  /** Held while the machine is used. */
  private final ReentrantLock turn = new ReentrantLock();

  private Journal(StateStore store, Flusher flusher, Consumer<RuntimeException> failed) {
    this.store = store;
    this.machine = StateMachine.open(store);
    this.reader = new SnapshotReader(store);
    this.feed = new Feed(store);
    this.flusher = flusher;
    this.collector = new Collector(store, feed, failed);
  }

  /**
   * Goes on from what {@code store} holds, which from now on belongs to the journal.
   *
   * @param failed told on another thread that a flush or collecting failed; the process must end
   *     then
   */
  public static Journal open(
      StateStore store, FlushPolicy policy, Consumer<RuntimeException> failed) {
    Flusher flusher = new Flusher(store, policy, failed);
    Journal journal = new Journal(store, flusher, failed);
    flusher.start();
    journal.collector.start();
    return journal;
  }

  /** As {@link #apply}, for commands as the log has them. */
  public List<Outcome> applyEncoded(long slot, Digest entryHash, List<byte[]> commands) {
    List<Command> decoded = new ArrayList<>(commands.size());
    long bytes = 0;
    for (byte[] command : commands) {
      decoded.add(CommandCodec.decode(command));
      bytes += command.length;
    }
    return apply(slot, entryHash, decoded, bytes);
  }

  /**
   * Applies the commands of {@code slot}, which must be the one after the last, and answers what
   * became of each.
   *
   * @param entryHash the hash of the log through the slot
   * @param bytes of the encoded commands, see {@link FlushPolicy}
   */
  public List<Outcome> apply(long slot, Digest entryHash, List<Command> commands, long bytes) {
    Applied applied;
    turn.lock();
    try {
      applied = machine.apply(slot, entryHash, commands);
      store.write(applied.changes());
    } finally {
      turn.unlock();
    }
    flusher.applied(bytes);
    feed.published(applied.changes().records());
    return applied.outcomes();
  }

  /**
   * What is certain about {@code transaction} before it enters the log, see {@link
   * StateMachine#foregone}. Null: it has to be decided, or the journal is busy applying.
   */
  public @Nullable Outcome foregone(Transaction transaction) {
    if (!turn.tryLock()) {
      return null;
    }
    try {
      return machine.foregone(transaction);
    } finally {
      turn.unlock();
    }
  }

  /** What waits for a tick; null: the journal is busy applying. */
  public @Nullable Dues dues() {
    if (!turn.tryLock()) {
      return null;
    }
    try {
      return machine.dues();
    } finally {
      turn.unlock();
    }
  }

  /** Where readers stand: the last slot and the last order ID that they can see. */
  public Head head() {
    return store.head();
  }

  /** What is kept of a transaction of a session; null: nothing is. */
  public @Nullable Outcome recordedOutcome(long session, long sequence) {
    return store.recordedOutcome(session, sequence);
  }

  /**
   * The journal's digest through {@code order}; null if that is not an order ID. Throws {@link
   * NotRetained} if its record is not after the floor.
   */
  public @Nullable Digest digestAt(long order) {
    Head head = store.head();
    Head.OrderTip tip = head.order();
    if (order == tip.order()) {
      return tip.digest();
    }
    if (order < 1 || order > tip.order()) {
      return null;
    }
    if (order <= head.retention().floor()) {
      throw new NotRetained(order, head.retention().floor(), tip.order());
    }
    return store.recordsAfter(order - 1, 1).getFirst().digest();
  }

  /** A lease that is alive, with its keys; null: there is none of this number. */
  public @Nullable LeaseImage lease(long lease) {
    return store.lease(lease);
  }

  /** Every lease that is alive, ascending by number. */
  public List<LeaseImage> leases() {
    return store.leases();
  }

  public SnapshotReader reader() {
    return reader;
  }

  public Feed feed() {
    return feed;
  }

  /** The slot through which the state survives a crash, at least: the log before it can go. */
  public long durableSlot() {
    return flusher.durableSlot();
  }

  /** Memory of the state outside the Java heap, in bytes; not after {@link #close}. */
  public long nativeBytes() {
    return store.nativeBytes();
  }

  /** Makes durable what was applied before the call; answers the slot through which it is. */
  public long flush() {
    return flusher.flush();
  }

  /** The floor that the policy asks for, if moving it is worth a command. */
  public OptionalLong wantedFloor() {
    return store.head().floorDecision().propose(this::mark);
  }

  private Mark mark(long order) {
    JournalRecord found = store.recordsAfter(order - 1, 1).getFirst();
    return new Mark(found.bytesBefore(), found.origin().clockMillis());
  }

  /** What was collected below the floor. */
  public CollectionFigures collection() {
    return store.collection();
  }

  /** To be called when nothing is applied any more; makes everything durable. */
  @Override
  public void close() {
    collector.close();
    flusher.close();
    store.close();
  }
}
