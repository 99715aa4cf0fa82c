package dev.ordinal.journal.validation;

import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import dev.ordinal.journal.transaction.Alternative;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Guard;
import dev.ordinal.journal.transaction.Snapshot;
import dev.ordinal.journal.transaction.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges one transaction. The verdict depends on the modifications since the horizon, the present
 * state and the transaction, and on nothing else.
 *
 * <p>In this order: can its snapshot be judged at all; mode JOURNAL; then its groups one after the
 * other. A group's reads come first, then its guards, then its alternatives; an alternative's
 * written keys come first, then its guards, then its operations. Versions are judged against the
 * state before the transaction; guards, bounds and operations see the groups accepted before. No
 * choice is revised. All groups are judged even if the policy cannot be met any more, so that one
 * answer names everything that stands in the way.
 */
public final class Validator {
  private final Modifications modifications;
  private final long history;
  private final int deletedKeysMax;
  private final ReadCheck reads;

  /**
   * A validator of one history.
   *
   * @param deletedKeysMax how many keys a transaction may write through delete-ranges
   */
  public Validator(Modifications modifications, long history, int deletedKeysMax) {
    this.modifications = modifications;
    this.history = history;
    this.deletedKeysMax = deletedKeysMax;
    this.reads = new ReadCheck(modifications);
  }

  public Verdict judge(Transaction transaction, Present present) {
    Outcome early = beforeGroups(transaction);
    if (early != null) {
      return new Verdict.Refuse(early);
    }
    Draft draft = new Draft(present, deletedKeysMax);
    List<GroupOutcome> outcomes = new ArrayList<>(transaction.groups().size());
    int accepted = 0;
    for (Group group : transaction.groups()) {
      GroupOutcome outcome = judge(group, transaction.snapshot(), draft);
      outcomes.add(outcome);
      accepted += outcome instanceof GroupOutcome.Accepted ? 1 : 0;
    }
    return accepted < transaction.policy().required(outcomes.size())
        ? new Verdict.Refuse(new Outcome.Refused(outcomes, modifications.lastOrder()))
        : new Verdict.Commit(outcomes, draft.writes());
  }

  /**
   * The outcome that {@link #judge} is bound to come to from now on, whatever happens in between,
   * as far as modifications alone tell; null if they leave it open. Guards and bounds are not
   * asked: what refuses today may pass tomorrow (I14).
   */
  public @Nullable Outcome foregone(Transaction transaction) {
    Outcome early = beforeGroups(transaction);
    if (early != null) {
      return early instanceof Outcome.OutOfRange ? null : early;
    }
    List<GroupOutcome> outcomes = new ArrayList<>(transaction.groups().size());
    int open = 0;
    for (Group group : transaction.groups()) {
      Refusal refusal = foregone(group, transaction.snapshot());
      outcomes.add(
          refusal == null ? new GroupOutcome.NotJudged() : new GroupOutcome.Rejected(refusal));
      open += refusal == null ? 1 : 0;
    }
    return open < transaction.policy().required(outcomes.size())
        ? new Outcome.Refused(outcomes, modifications.lastOrder())
        : null;
  }

  private @Nullable Outcome beforeGroups(Transaction transaction) {
    Outcome outside = reads.outside(transaction, history);
    if (outside != null) {
      return outside;
    }
    Refusal moved = reads.journalMoved(transaction);
    if (moved == null) {
      return null;
    }
    GroupOutcome rejected = new GroupOutcome.Rejected(moved);
    return new Outcome.Refused(
        Collections.nCopies(transaction.groups().size(), rejected), modifications.lastOrder());
  }

  private GroupOutcome judge(Group group, @Nullable Snapshot snapshot, Draft draft) {
    Refusal refusal = reads.changedRead(group);
    if (refusal == null) {
      refusal = firstFailing(group.guards(), draft);
    }
    if (refusal != null) {
      return new GroupOutcome.Rejected(refusal);
    }
    GroupReads groupReads = new GroupReads(group);
    Refusal last = null;
    for (int i = 0; i < group.alternatives().size(); i++) {
      Alternative alternative = group.alternatives().get(i);
      last = reads.changedWrite(snapshot, groupReads, alternative);
      last = last != null ? last : attempt(alternative, draft);
      if (last == null) {
        return new GroupOutcome.Accepted(i);
      }
    }
    if (last == null) {
      throw new IllegalStateException("a group without alternatives: " + group);
    }
    return new GroupOutcome.Rejected(last);
  }

  private static @Nullable Refusal attempt(Alternative alternative, Draft draft) {
    Refusal refusal = firstFailing(alternative.guards(), draft);
    for (int i = 0; refusal == null && i < alternative.operations().size(); i++) {
      refusal = draft.perform(alternative.operations().get(i));
    }
    if (refusal == null) {
      draft.keep();
    } else {
      draft.undo();
    }
    return refusal;
  }

  private static @Nullable Refusal firstFailing(List<Guard> guards, Draft draft) {
    for (Guard guard : guards) {
      Refusal refusal = draft.check(guard);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private @Nullable Refusal foregone(Group group, @Nullable Snapshot snapshot) {
    Refusal refusal = reads.changedRead(group);
    if (refusal != null) {
      return refusal;
    }
    GroupReads groupReads = new GroupReads(group);
    for (Alternative alternative : group.alternatives()) {
      refusal = reads.changedWrite(snapshot, groupReads, alternative);
      if (refusal == null) {
        return null;
      }
    }
    return refusal;
  }
}
