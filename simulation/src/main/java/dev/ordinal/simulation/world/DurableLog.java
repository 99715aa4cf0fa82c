package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.simulation.invariant.DiskFacts;
import dev.ordinal.simulation.invariant.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a disk holds according to the writes that it completed: the oracle's own account, kept apart
 * from the log store that processes read.
 */
final class DurableLog implements DiskFacts {
  private final List<LoggedEntry> entries = new ArrayList<>();
  private Ballot promised = Ballot.NONE;
  private Ballot accepted = Ballot.NONE;
  private LogPoint base = LogPoint.START;
  private long decided;

  @Override
  public Ballot promised() {
    return promised;
  }

  @Override
  public Ballot accepted() {
    return accepted;
  }

  @Override
  public long decided() {
    return decided;
  }

  @Override
  public long length() {
    return base.slot() + entries.size();
  }

  @Override
  public LogPoint base() {
    return base;
  }

  @Override
  public @Nullable EntryHash hashThrough(long slot) {
    if (slot == base.slot()) {
      return base.hash();
    }
    boolean there = slot > base.slot() && slot <= length();
    return there ? entries.get(Math.toIntExact(slot - base.slot() - 1)).hash() : null;
  }

  void write(List<Change> changes) {
    for (Change change : changes) {
      switch (change) {
        case Change.Append(LoggedEntry logged) -> entries.add(logged);
        case Change.TruncateFrom(long slot) -> truncateFrom(slot);
        case Change.SetBallots(Ballot newPromised, Ballot newAccepted) -> {
          promised = newPromised;
          accepted = newAccepted;
        }
        case Change.RaiseBase(LogPoint raised) -> raiseBase(raised);
        case Change.SetStretch _ -> {}
        case Change.SetDecided(long slot) -> decided = slot;
      }
    }
  }

  private void raiseBase(LogPoint raised) {
    while (!entries.isEmpty() && base.slot() < raised.slot()) {
      LoggedEntry dropped = entries.removeFirst();
      base = new LogPoint(dropped.slot(), dropped.hash());
    }
    base = raised;
    decided = Math.max(decided, raised.slot());
  }

  private void truncateFrom(long slot) {
    while (length() >= slot) {
      entries.removeLast();
    }
  }

  /** The log store must find what was written. */
  void requireSame(int member, Image found) {
    boolean same =
        found.promised().equals(promised)
            && found.accepted().equals(accepted)
            && found.extent().base().equals(base)
            && found.decided() == decided
            && found.decided() + found.tail().size() == length();
    if (!same) {
      throw new Violation(
          "the log store finds what was written", "member %d finds %s".formatted(member, found));
    }
  }
}
