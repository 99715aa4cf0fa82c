package dev.ordinal.server.replica;

import dev.ordinal.consensus.driver.Applier;
import dev.ordinal.consensus.entry.Batch;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.journal.Journal;
import dev.ordinal.journal.codec.CommandCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.state.Head;
import dev.ordinal.journal.transaction.Command;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes decided slots to the state machine, its changes to the store, outcomes to callers. */
final class JournalApplier implements Applier {
  private static final Logger LOG = LoggerFactory.getLogger(JournalApplier.class);

  /** Gathered outcomes are sent after this many, even if more is at hand. */
  private static final int GATHERED_MAX = 1024;

  private final Journal journal;
  private final Tickets tickets;
  private final Progress progress;
  private final Counts counts;
  private final Consumer<AppliedSlot> watch;
  private final Set<Bundle> bundles = new LinkedHashSet<>();
  private int gathered;

  /** {@code watch} is told of every slot, on the apply thread. */
  JournalApplier(
      Journal journal,
      Tickets tickets,
      Progress progress,
      Counts counts,
      Consumer<AppliedSlot> watch) {
    this.journal = journal;
    this.tickets = tickets;
    this.progress = progress;
    this.counts = counts;
    this.watch = watch;
  }

  @Override
  public LogPoint applied() {
    Head.SlotTip tip = journal.head().slot();
    return new LogPoint(tip.slot(), EntryHash.of(tip.entryHash().bytes()));
  }

  @Override
  public void apply(LoggedEntry logged, List<Long> from) {
    long began = System.nanoTime();
    Digest hash = Digest.wrap(logged.hash().toByteArray());
    Entry entry = logged.entry();
    List<Command> commands = commands(entry, from);
    int bytes = entry.payload().length();
    List<Outcome> outcomes = journal.apply(logged.slot(), hash, commands, bytes);
    long order = journal.head().order().order();
    counts.applied(outcomes, order - progress.order());
    progress.applied(order);
    long now = System.nanoTime();
    watch.accept(new AppliedSlot(commands.size(), bytes, now - began, waited(from, now)));
    answer(from, outcomes);
    if (gathered >= GATHERED_MAX) {
      caughtUp();
    }
  }

  @Override
  public void caughtUp() {
    for (Bundle bundle : bundles) {
      toCaller(bundle::send);
    }
    bundles.clear();
    gathered = 0;
  }

  private List<Command> commands(Entry entry, List<Long> from) {
    return switch (entry.kind()) {
      case BARRIER -> List.of(new Command.Barrier());
      case STOP_SIGN -> List.of();
      case BATCH -> from.isEmpty() ? decode(entry.payload()) : remembered(from);
    };
  }

  private static List<Command> decode(Payload batch) {
    List<Command> commands = new ArrayList<>();
    for (Payload command : Batch.decode(batch)) {
      commands.add(CommandCodec.decode(command.bytes()));
    }
    return commands;
  }

  /** What was proposed here was decoded at the door, from the same bytes. */
  private List<Command> remembered(List<Long> from) {
    List<Command> commands = new ArrayList<>(from.size());
    for (long ticket : from) {
      if (!(tickets.peek(ticket) instanceof Tickets.Pending.Submitted(Command command, _, _))) {
        throw new IllegalStateException("ticket %d is in the log, and unknown".formatted(ticket));
      }
      commands.add(command);
    }
    return commands;
  }

  /** How long the first of those who proposed has waited. */
  private long waited(List<Long> from, long now) {
    return !from.isEmpty()
            && tickets.peek(from.getFirst()) instanceof Tickets.Pending.Submitted(_, _, long since)
        ? now - since
        : AppliedSlot.NOT_OURS;
  }

  private void answer(List<Long> from, List<Outcome> outcomes) {
    for (int i = 0; i < from.size(); i++) {
      if (tickets.redeem(from.get(i)) instanceof Tickets.Pending.Submitted(_, Caller caller, _)) {
        answer(caller, outcomes.get(i));
      }
    }
  }

  private void answer(Caller caller, Outcome outcome) {
    toCaller(() -> bundles.add(caller.decided(outcome)));
    gathered++;
  }

  /** A caller who cannot be answered is that caller's loss, not the replica's. */
  private static void toCaller(Runnable answer) {
    try {
      answer.run();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("could not answer a caller");
    }
  }
}
