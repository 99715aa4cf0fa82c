package dev.ordinal.server.replica;

import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.driver.Answers;
import dev.ordinal.consensus.driver.Applier;
import dev.ordinal.consensus.driver.DriverFigures;
import dev.ordinal.consensus.driver.ReplicaDriver;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.journal.Journal;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.store.StorageFailure;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.journal.transaction.Transaction;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One replica: what the doors can ask of it. All methods are safe from any thread. */
public final class StoreReplica implements AutoCloseable {
  private final Journal journal;
  private final Tickets tickets = new Tickets();
  private final Counts counts = new Counts();
  private final Progress progress;
  private final ReplicaDriver driver;

  /**
   * Starts consensus over {@code journal}, which is caught up with what the log knows to be
   * decided.
   *
   * @param watch told of every slot that is applied, on the apply thread; must not block
   * @param start makes a driver that applies and answers as told
   */
  public StoreReplica(
      Journal journal,
      Consumer<AppliedSlot> watch,
      BiFunction<Applier, Answers, ReplicaDriver> start) {
    this.journal = journal;
    this.progress = new Progress(journal.head().order().order());
    this.driver =
        start.apply(new JournalApplier(journal, tickets, progress, counts, watch), this::answered);
  }

  /**
   * Puts {@code command} into the log, unless its outcome is certain already: {@code encoded} is
   * what it was decoded from.
   */
  public void propose(Payload encoded, Command command, Caller caller) {
    Outcome foregone = foregone(command);
    if (foregone != null) {
      caller.decided(foregone).send();
      return;
    }
    long ticket = tickets.issue(new Tickets.Pending.Submitted(command, caller, System.nanoTime()));
    driver.propose(ticket, encoded);
  }

  /**
   * Only what a transaction has read can doom it for good, and only one of a session can have an
   * outcome already. Others than the leader would be right as well, but a caller must learn from
   * them who leads.
   */
  private @Nullable Outcome foregone(Command command) {
    if (!(command instanceof Command.Submit(Transaction transaction))
        || !(transaction.snapshot() != null || transaction.origin().hasSession())
        || driver.view().role() != ReplicaView.Role.LEADER) {
      return null;
    }
    try {
      Outcome foregone = journal.foregone(transaction);
      if (foregone != null) {
        count(foregone, transaction.origin());
      }
      return foregone;
    } catch (StorageFailure e) {
      return null; // who applies meets it too, and ends the process
    }
  }

  /** An outcome that is told again was counted when it was made. */
  private void count(Outcome foregone, Origin origin) {
    if (origin.hasSession()
        && journal.recordedOutcome(origin.session(), origin.sequence()) != null) {
      counts.repeatedAtDoor();
    } else {
      counts.refusedAtDoor(foregone);
    }
  }

  /** Tells {@code reader} when the state is recent enough for a linearizable read. */
  public void read(Reader reader) {
    driver.read(tickets.issue(new Tickets.Pending.Reading(reader)));
  }

  /**
   * Asks for {@code next} to follow the present configuration, or, {@code dryRun}, whether it
   * could. {@code caller} is told once, on a thread of the driver.
   */
  public void reconfigure(Configuration next, boolean dryRun, Consumer<Verdict> caller) {
    driver.reconfigure(tickets.issue(new Tickets.Pending.Changing(caller)), next, dryRun);
  }

  /** Asks for {@code target} to lead; {@code caller} is told as by {@link #reconfigure}. */
  public void transfer(int target, Consumer<Verdict> caller) {
    driver.transfer(tickets.issue(new Tickets.Pending.Changing(caller)), target);
  }

  public Journal journal() {
    return journal;
  }

  public Progress progress() {
    return progress;
  }

  public Counts counts() {
    return counts;
  }

  /** What consensus believes here; a few milliseconds old. */
  public ReplicaView consensus() {
    return driver.view();
  }

  /** What the threads of consensus have done since they started. */
  public DriverFigures driving() {
    return driver.figures();
  }

  private void answered(long ticket, Verdict verdict) {
    switch (tickets.redeem(ticket)) {
      case Tickets.Pending.Submitted(_, Caller caller, _) -> {
        counts.notLogged(verdict);
        caller.refused(verdict);
      }
      case Tickets.Pending.Reading(Reader reader) -> answer(reader, verdict);
      case Tickets.Pending.Changing(Consumer<Verdict> caller) -> caller.accept(verdict);
      case null -> throw new IllegalStateException("ticket %d has no owner".formatted(ticket));
    }
  }

  private static void answer(Reader reader, Verdict verdict) {
    switch (verdict) {
      case Verdict.ReadableAt _ -> reader.readable();
      case Verdict.NotLeader _,
          Verdict.Overloaded _,
          Verdict.TooLarge _,
          Verdict.Undetermined _,
          Verdict.OnMembership _ ->
          reader.refused(verdict);
    }
  }

  /** Finishes what was given to the log and the state; the journal stays open. */
  @Override
  public void close() {
    driver.close();
  }
}
