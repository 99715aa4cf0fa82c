package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A disk that says what a test wants it to say. */
final class HandMadeDisk implements DiskFacts {
  private final List<LoggedEntry> log = new ArrayList<>();
  private Ballot promised = Ballot.NONE;
  private Ballot accepted = Ballot.NONE;
  private long decided;

  HandMadeDisk promises(Ballot ballot) {
    promised = ballot;
    return this;
  }

  HandMadeDisk accepts(Ballot ballot, LoggedEntry... entries) {
    promised = ballot;
    accepted = ballot;
    log.clear();
    log.addAll(List.of(entries));
    return this;
  }

  HandMadeDisk decides(long slot) {
    decided = slot;
    return this;
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
    return log.size();
  }

  @Override
  public LogPoint base() {
    return LogPoint.START;
  }

  @Override
  public @Nullable EntryHash hashThrough(long slot) {
    if (slot == 0) {
      return EntryHash.START;
    }
    return slot > log.size() ? null : log.get(Math.toIntExact(slot - 1)).hash();
  }
}
