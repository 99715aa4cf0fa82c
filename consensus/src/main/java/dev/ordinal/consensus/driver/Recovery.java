package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.log.LogPoint;
import dev.ordinal.consensus.log.LogStore;
import java.util.List;

/**
 * Brings log and state machine to one point before the core starts: the state machine may be behind
 * the log, because it flushes seldom, or ahead of it, because it may apply what others decided
 * before that is durable here.
 */
public final class Recovery {
  private static final long CHUNK_BYTES = 4 << 20;

  private final LogStore log;
  private final Applier applier;

  public Recovery(LogStore log, Applier applier) {
    this.log = log;
    this.applier = applier;
  }

  /** What the replica starts from: everything through its decided slot is applied. */
  public Image run(Image image) {
    LogPoint applied = applier.applied();
    if (applied.slot() <= image.decided()) {
      replay(applied, image);
      return image;
    }
    int ahead = Math.toIntExact(Math.min(applied.slot() - image.decided(), Integer.MAX_VALUE));
    if (ahead <= image.tail().size() && image.tail().get(ahead - 1).hash().equals(applied.hash())) {
      return decidedThrough(applied, image, image.group());
    }
    return restart(applied, image);
  }

  private void replay(LogPoint applied, Image image) {
    requireSameHistory(applied, image);
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
    LogPoint base = log.base();
    if (applied.slot() < base.slot()) {
      throw new IllegalStateException(
          "the state machine is at slot %d, the log begins behind slot %d: the state was lost or"
                  .formatted(applied.slot(), base.slot())
              + " replaced by an older one; replace this node by a new one");
    }
    EntryHash logged = hashThrough(applied.slot(), base, image);
    if (!logged.equals(applied.hash())) {
      throw new IllegalStateException(
          "state and log are of different histories: at slot %d the log has hash %s, the state %s"
              .formatted(applied.slot(), logged, applied.hash()));
    }
  }

  private EntryHash hashThrough(long slot, LogPoint base, Image image) {
    if (slot == base.slot()) {
      return base.hash();
    }
    return slot == image.decided()
        ? image.decidedHash()
        : log.read(slot, slot, 0).getFirst().hash();
  }

  /** The log lacks what the state has, or holds proposals in its place that lost. */
  private Image restart(LogPoint applied, Image image) {
    long group = image.group();
    if (!image.tail().isEmpty()) {
      group++;
      log.write(group, List.of(new Change.TruncateFrom(image.decided() + 1)));
    }
    log.restartAt(applied);
    Image empty =
        new Image(
            group,
            image.promised(),
            image.accepted(),
            image.decided(),
            image.decidedHash(),
            List.of());
    return decidedThrough(applied, empty, group + 1);
  }

  private static Image decidedThrough(LogPoint point, Image image, long group) {
    List<LoggedEntry> tail =
        image.tail().stream().filter(logged -> logged.slot() > point.slot()).toList();
    return new Image(group, image.promised(), image.accepted(), point.slot(), point.hash(), tail);
  }
}
