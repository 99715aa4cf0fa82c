package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.log.LogFigures;
import dev.ordinal.consensus.log.LogStore;
import dev.ordinal.consensus.log.MemoryLog;
import dev.ordinal.consensus.log.Opened;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.simulation.invariant.DiskFacts;
import dev.ordinal.simulation.invariant.Invariant;
import java.util.List;

/**
 * The disk of one member. What {@link #write} is given is durable when it returns; how long that
 * takes, and what a crash leaves of it, is up to {@link WriteQueue}. Every change is shown to the
 * oracle.
 */
final class VirtualDisk implements LogStore {
  private final int member;
  private final Invariant oracle;
  private final DurableLog facts;
  private final MemoryLog log;

  /** {@code facts} is the oracle's account of this disk. */
  VirtualDisk(int member, Configuration first, DurableLog facts, Invariant oracle) {
    this.log = new MemoryLog(first);
    this.member = member;
    this.facts = facts;
    this.oracle = oracle;
  }

  DiskFacts facts() {
    return facts;
  }

  /** What a process finds when it starts. */
  Image open() {
    Image image =
        switch (log.open()) {
          case Opened.Clean(LogStore _, Image found) -> found;
          case Opened.Torn(LogStore _, Image found, long _) -> found;
          case Opened.Damaged(String reason) -> throw new IllegalStateException(reason);
        };
    facts.requireSame(member, image);
    return image;
  }

  @Override
  public void write(long group, List<Change> changes) {
    log.write(group, changes);
    facts.write(changes);
    oracle.onDurable(member, facts);
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
