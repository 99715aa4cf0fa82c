package dev.ordinal.journal.validation;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.transaction.Alternative;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Mode;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.ReadKey;
import dev.ordinal.journal.transaction.ReadRange;
import dev.ordinal.journal.transaction.Snapshot;
import dev.ordinal.journal.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a transaction read is unchanged. Everything it finds is final: the last modification
 * of a key, the last order ID and the horizon only rise.
 */
final class ReadCheck {
  private final Modifications modifications;

  ReadCheck(Modifications modifications) {
    this.modifications = modifications;
  }

  /** Null if verdicts can be given for everything that the transaction read. */
  @Nullable Outcome outside(Transaction transaction, long history) {
    Snapshot snapshot = transaction.snapshot();
    if (snapshot == null) {
      return null;
    }
    long newest = snapshot.order();
    long oldest = snapshot.order();
    for (Group group : transaction.groups()) {
      for (ReadKey read : group.readKeys()) {
        newest = Math.max(newest, read.at());
        oldest = Math.min(oldest, read.at());
      }
      for (ReadRange read : group.readRanges()) {
        newest = Math.max(newest, read.at());
        oldest = Math.min(oldest, read.at());
      }
    }
    if (snapshot.history() != history || newest > modifications.lastOrder()) {
      return new Outcome.OutOfRange(modifications.lastOrder(), history);
    }
    if (oldest < modifications.horizon()) {
      return new Outcome.TooOld(modifications.horizon(), modifications.lastOrder());
    }
    return null;
  }

  /** Mode JOURNAL: nothing at all may have committed since the snapshot. */
  @Nullable Refusal journalMoved(Transaction transaction) {
    Snapshot snapshot = transaction.snapshot();
    if (transaction.mode() != Mode.JOURNAL
        || snapshot == null
        || snapshot.order() == modifications.lastOrder()) {
      return null;
    }
    return new Refusal.JournalMoved(modifications.lastOrder(), modifications.lastSession());
  }

  /** What a group says it read. */
  @Nullable Refusal changedRead(Group group) {
    for (ReadKey read : group.readKeys()) {
      Refusal refusal = changed(read.key(), read.at());
      if (refusal != null) {
        return refusal;
      }
    }
    for (ReadRange read : group.readRanges()) {
      Refusal refusal = changed(read.range(), read.at());
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /**
   * What an alternative writes counts as read at the snapshot, unless the group itself says when it
   * read just that key or range.
   */
  @Nullable Refusal changedWrite(
      @Nullable Snapshot snapshot, GroupReads reads, Alternative alternative) {
    if (snapshot == null) {
      return null;
    }
    for (Operation operation : alternative.operations()) {
      Refusal refusal = changedWrite(operation, snapshot.order(), reads);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private @Nullable Refusal changedWrite(Operation operation, long at, GroupReads reads) {
    return switch (operation) {
      case Operation.Put(Key key, var value, boolean blind, var tenure) ->
          changedKey(key, at, blind, reads);
      case Operation.Delete(Key key, boolean blind) -> changedKey(key, at, blind, reads);
      case Operation.CreateCounter(Key key, long initial, var bounds, boolean blind) ->
          changedKey(key, at, blind, reads);
      case Operation.SetBounds(Key key, var bounds, boolean blind) ->
          changedKey(key, at, blind, reads);
      case Operation.DeleteRange(KeyRange range, boolean blind) ->
          blind || reads.contain(range) ? null : changed(range, at);
      case Operation.Add add -> null;
    };
  }

  private @Nullable Refusal changedKey(Key key, long at, boolean blind, GroupReads reads) {
    return blind || reads.contain(key) ? null : changed(key, at);
  }

  private @Nullable Refusal changed(Key key, long at) {
    Modification last = modifications.lastOf(key);
    if (last == null || last.order() <= at) {
      return null;
    }
    return last.deleted()
        ? new Refusal.Deleted(key, last.order(), last.session())
        : new Refusal.Written(key, last.order(), last.session());
  }

  private @Nullable Refusal changed(KeyRange range, long at) {
    Modification last = modifications.lastIn(range, at);
    return last == null ? null : new Refusal.Phantom(range, last.order(), last.session());
  }
}
