package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.log.LogFailure;
import dev.ordinal.consensus.log.LogFigures;
import dev.ordinal.consensus.log.LogStore;
import java.util.List;

/** A log whose disk is full from some group on. */
record FullLog(LogStore log, long groupsMax) implements LogStore {
  @Override
  public void write(long group, List<Change> changes) {
    if (group > groupsMax) {
      throw new LogFailure(LogFailure.Kind.STORAGE, "no space for group " + group, null);
    }
    log.write(group, changes);
  }

  @Override
  public List<LoggedEntry> read(long from, long through, long payloadBytesMax) {
    return log.read(from, through, payloadBytesMax);
  }

  @Override
  public LogPoint base() {
    return log.base();
  }

  @Override
  public Stretch stretch() {
    return log.stretch();
  }

  @Override
  public long bytes() {
    return log.bytes();
  }

  @Override
  public void settle() {
    log.settle();
  }

  @Override
  public long boot() {
    return log.boot();
  }

  @Override
  public LogFigures figures() {
    return log.figures();
  }

  @Override
  public void close() {
    log.close();
  }
}
