package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Configuration;
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
  private Stretch stretch;
  private long decided;

  /** A disk that was formatted for {@code first}. */
  DurableLog(Configuration first) {
    stretch = Stretch.first(first);
  }

  @Override
  public Stretch stretch() {
    return stretch;
  }

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
    return entries.size();
  }

  @Override
  public @Nullable EntryHash hashThrough(long slot) {
    if (slot == 0) {
      return EntryHash.START;
    }
    return slot <= length() ? entries.get(Math.toIntExact(slot - 1)).hash() : null;
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
        case Change.RaiseBase _ -> throw new IllegalStateException("nobody truncates here yet");
        case Change.SetStretch(Stretch next) -> stretch = next;
        case Change.SetDecided(long slot) -> decided = slot;
      }
    }
  }

  private void truncateFrom(long slot) {
    while (length() >= slot) {
      entries.removeLast();
    }
  }

  /** The log store must find what was written. */
  void requireSame(int disk, Image found) {
    boolean same =
        found.promised().equals(promised)
            && found.accepted().equals(accepted)
            && found.stretch().equals(stretch)
            && found.decided() == decided
            && found.decided() + found.tail().size() == length();
    if (!same) {
      throw new Violation(
          "the log store finds what was written", "disk %d finds %s".formatted(disk, found));
    }
  }
}
