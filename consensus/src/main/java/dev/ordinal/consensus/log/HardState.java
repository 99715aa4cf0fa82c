package dev.ordinal.consensus.log;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Everything durable about a log but its entries, and the rules by which a group may change it.
 *
 * @param last the last slot of the log; equals {@code base.slot()} if it holds no entry
 */
record HardState(
    long group,
    Ballot promised,
    Ballot accepted,
    Stretch stretch,
    long decided,
    LogPoint base,
    long last) {
  HardState {
    if (stretch.since() > decided) {
      throw new IllegalArgumentException(
          "a stretch since %d needs that to be decided, decided is %d"
              .formatted(stretch.since(), decided));
    }
    if (base.slot() > decided || decided > last) {
      throw new IllegalArgumentException(
          "base %d ≤ decided %d ≤ last %d does not hold".formatted(base.slot(), decided, last));
    }
    if (accepted.compareTo(promised) > 0) {
      throw new IllegalArgumentException("accepted " + accepted + " above promised " + promised);
    }
  }

  static HardState formatted(Configuration first) {
    return new HardState(0, Ballot.NONE, Ballot.NONE, Stretch.first(first), 0, LogPoint.START, 0);
  }

  /**
   * The state behind {@code changes}, or an exception that says which one does not fit.
   *
   * @param hashThrough the hash of the log through a slot that it holds now
   */
  HardState after(long nextGroup, List<Change> changes, LongFunction<EntryHash> hashThrough) {
    requireOrder("group", group + 1, nextGroup, nextGroup == group + 1);
    Ballot newPromised = promised;
    Ballot newAccepted = accepted;
    Stretch newStretch = stretch;
    long newDecided = decided;
    LogPoint newBase = base;
    long newLast = last;
    long kept = last;
    for (Change change : changes) {
      switch (change) {
        case Change.Append(var logged) -> {
          requireOrder("slot", newLast + 1, logged.slot(), logged.slot() == newLast + 1);
          newLast = logged.slot();
        }
        case Change.TruncateFrom(long slot) -> {
          requireOrder("truncation above", decided, slot, slot > decided);
          newLast = Math.min(newLast, slot - 1);
          kept = Math.min(kept, newLast);
        }
        case Change.SetBallots(Ballot nextPromised, Ballot nextAccepted) -> {
          requireOrder(
              "promise from", newPromised, nextPromised, nextPromised.compareTo(newPromised) >= 0);
          newPromised = nextPromised;
          newAccepted = nextAccepted;
        }
        case Change.RaiseBase(LogPoint raised) -> {
          long from = newBase.slot();
          requireOrder("base from", from, raised.slot(), raised.slot() >= from);
          if (raised.slot() <= kept) {
            EntryHash held = hashThrough.apply(raised.slot());
            requireOrder("base hash", held, raised.hash(), held.equals(raised.hash()));
          }
          newBase = raised;
          newDecided = Math.max(newDecided, raised.slot());
          newLast = Math.max(newLast, raised.slot());
        }
        case Change.SetStretch(Stretch next) -> {
          requireOrder("a stretch after", newStretch, next, next.isAfter(newStretch));
          newStretch = next;
        }
        case Change.SetDecided(long slot) -> {
          requireOrder("decided from", newDecided, slot, slot >= newDecided);
          newDecided = slot;
        }
      }
    }
    return new HardState(
        nextGroup, newPromised, newAccepted, newStretch, newDecided, newBase, newLast);
  }

  private static void requireOrder(String what, Object bound, Object was, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(
          "does not continue this log: expected " + what + " " + bound + ", got " + was);
    }
  }
}
