package dev.ordinal.server.metrics;

import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.log.LogFigures;
import dev.ordinal.consensus.log.LogStore;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A log whose durable writes are timed, sync included. */
final class TimedLog implements LogStore {
  private final LogStore log;
  private final Timer writes;

  TimedLog(LogStore log, Timer writes) {
    this.log = log;
    this.writes = writes;
  }

  @Override
  public void write(long group, List<Change> changes) {
    long began = System.nanoTime();
    log.write(group, changes);
    writes.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
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
  public long nativeBytes() {
    return log.nativeBytes();
  }

  @Override
  public void close() {
    log.close();
  }
}
