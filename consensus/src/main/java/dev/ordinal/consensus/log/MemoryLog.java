package dev.ordinal.consensus.log;

import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The twin of {@link RocksLog} in memory, for tests and simulation. It plays disk and store in one:
 * what was written is durable at once, and {@link #open} gives what a restart would find.
 */
public final class MemoryLog implements LogStore {
  private final NavigableMap<Long, LoggedEntry> entries = new TreeMap<>();
  private HardState state;
  private LogFigures figures = LogFigures.NONE;
  private long boot;

  /** The empty log of a node whose first configuration is {@code first}. */
  public MemoryLog(Configuration first) {
    state = HardState.formatted(first);
  }

  /** Opens this log again, as a restarted process would. */
  public synchronized Opened open() {
    boot++;
    return new Opened.Clean(this, image());
  }

  @Override
  public synchronized void write(long group, List<Change> changes) {
    HardState next = state.after(group, changes, this::hashThrough);
    long appended = 0;
    long bytes = 0;
    for (Change change : changes) {
      switch (change) {
        case Change.Append(LoggedEntry logged) -> {
          entries.put(logged.slot(), logged);
          appended++;
          bytes += logged.entry().payload().length();
        }
        case Change.TruncateFrom(long slot) -> entries.tailMap(slot, true).clear();
        case Change.RaiseBase(LogPoint base) -> entries.headMap(base.slot(), true).clear();
        case Change.SetBallots _, Change.SetStretch _, Change.SetDecided _ -> {}
      }
    }
    state = next;
    figures = figures.plus(appended, bytes, 0);
  }

  @Override
  public synchronized List<LoggedEntry> read(long from, long through, long payloadBytesMax) {
    if (from <= state.base().slot()) {
      return List.of();
    }
    ReadRun run = new ReadRun(from, hashThrough(from - 1), payloadBytesMax);
    for (LoggedEntry logged : entries.tailMap(from, true).values()) {
      if (logged.slot() > through || !run.add(logged)) {
        break;
      }
    }
    return run.entries();
  }

  private EntryHash hashThrough(long slot) {
    LogPoint base = state.base();
    LoggedEntry logged = entries.get(slot);
    return logged == null ? base.hash() : logged.hash();
  }

  private Image image() {
    return new Image(
        state.group(),
        state.promised(),
        state.accepted(),
        state.stretch(),
        new Image.Extent(state.base(), bytes()),
        state.decided(),
        hashThrough(state.decided()),
        new ArrayList<>(entries.tailMap(state.decided(), false).values()));
  }

  @Override
  public synchronized LogPoint base() {
    return state.base();
  }

  @Override
  public synchronized Stretch stretch() {
    return state.stretch();
  }

  @Override
  public synchronized long bytes() {
    return entries.values().stream().mapToLong(logged -> logged.entry().payload().length()).sum();
  }

  @Override
  public void settle() {}

  @Override
  public synchronized long boot() {
    return boot;
  }

  @Override
  public synchronized LogFigures figures() {
    return figures;
  }

  @Override
  public void close() {}
}
