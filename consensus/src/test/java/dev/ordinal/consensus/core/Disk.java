package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;
import java.util.TreeMap;

/** What groups leave behind: the log of one member, as a map. */
final class Disk {
  private final TreeMap<Long, LoggedEntry> entries = new TreeMap<>();
  private long group;
  private Ballot promised = Ballot.NONE;
  private Ballot accepted = Ballot.NONE;
  private Stretch stretch;
  private LogPoint base = LogPoint.START;
  private long decided;

  Disk(Configuration first) {
    stretch = Stretch.first(first);
  }

  void write(Effect.Persist persist) {
    group = persist.group();
    for (Change change : persist.changes()) {
      switch (change) {
        case Change.Append(LoggedEntry logged) -> entries.put(logged.slot(), logged);
        case Change.TruncateFrom(long slot) -> entries.tailMap(slot, true).clear();
        case Change.SetBallots ballots -> {
          promised = ballots.promised();
          accepted = ballots.accepted();
        }
        case Change.RaiseBase(LogPoint raised) -> {
          base = raised;
          decided = Math.max(decided, raised.slot());
          entries.headMap(raised.slot(), true).clear();
        }
        case Change.SetStretch(Stretch next) -> stretch = next;
        case Change.SetDecided(long slot) -> decided = slot;
      }
    }
  }

  List<LoggedEntry> read(long from, long through) {
    return List.copyOf(entries.tailMap(from).headMap(Math.max(from, through + 1)).values());
  }

  Image image() {
    LoggedEntry last = entries.get(decided);
    EntryHash hash = last == null ? base.hash() : last.hash();
    List<LoggedEntry> tail = List.copyOf(entries.tailMap(decided, false).values());
    return new Image(
        group, promised, accepted, stretch, new Image.Extent(base, 0), decided, hash, tail);
  }
}
