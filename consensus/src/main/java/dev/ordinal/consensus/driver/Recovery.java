package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.log.LogStore;
import java.util.List;

/**
 * Brings log and state machine to one point before the core starts: the state machine may be behind
 * the log, because it flushes seldom. It is never ahead of it, because it is given only what is
 * durable here ({@link dev.ordinal.consensus.core.Effect.Apply}); if it is all the same, the log
 * has lost its end.
 */
public final class Recovery {
  private static final long CHUNK_BYTES = 4 << 20;

  private final LogStore log;
  private final Applier applier;

  public Recovery(LogStore log, Applier applier) {
    this.log = log;
    this.applier = applier;
  }

  /**
   * What the replica starts from: everything through its decided slot is applied.
   *
   * @throws StateMismatch if log and state machine do not belong together
   */
  public Image run(Image image) {
    LogPoint applied = applier.applied();
    requireSameHistory(applied, image);
    if (applied.slot() > image.decided()) {
      return decidedThrough(applied, image);
    }
    replay(applied, image);
    return image;
  }

  private void replay(LogPoint applied, Image image) {
    long next = applied.slot() + 1;
    while (next <= image.decided()) {
      List<LoggedEntry> chunk = log.read(next, image.decided(), CHUNK_BYTES);
      for (LoggedEntry logged : chunk) {
        applier.apply(logged, List.of());
      }
      next += chunk.size();
    }
    applier.caughtUp();
  }

  private void requireSameHistory(LogPoint applied, Image image) {
    long base = log.base().slot();
    long last = image.decided() + image.tail().size();
    if (applied.slot() < base) {
      throw new StateMismatch(
          "the state machine is at slot %d, the log begins behind slot %d"
              .formatted(applied.slot(), base));
    }
    if (applied.slot() > last) {
      throw new StateMismatch(
          "the state machine is at slot %d, the log ends at slot %d: it has lost what was durable"
              .formatted(applied.slot(), last));
    }
    EntryHash logged = hashThrough(applied.slot(), image);
    if (!logged.equals(applied.hash())) {
      throw new StateMismatch(
          "state and log are of different histories: at slot %d the log has hash %s, the state %s"
              .formatted(applied.slot(), logged, applied.hash()));
    }
  }

  private EntryHash hashThrough(long slot, Image image) {
    if (slot > image.decided()) {
      return image.tail().get(Math.toIntExact(slot - image.decided() - 1)).hash();
    }
    if (slot == image.decided()) {
      return image.decidedHash();
    }
    LogPoint base = log.base();
    return slot == base.slot() ? base.hash() : log.read(slot, slot, 0).getFirst().hash();
  }

  /** What was applied is decided, whatever the hint on the disk says. */
  private static Image decidedThrough(LogPoint applied, Image image) {
    List<LoggedEntry> tail =
        image.tail().stream().filter(logged -> logged.slot() > applied.slot()).toList();
    return new Image(
        image.group(),
        image.promised(),
        image.accepted(),
        image.stretch(),
        image.extent(),
        applied.slot(),
        applied.hash(),
        tail);
  }
}
