package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.entry.EntryHash;
import dev.ordinal.consensus.entry.LoggedEntry;

/** A message may claim only what the disk already says. */
final class DiskClaims implements Invariant {
  private static final String NAME = "a message claims only what is durable";

  private final Decisions decisions;
  private final Proposals proposals;

  DiskClaims(Decisions decisions, Proposals proposals) {
    this.decisions = decisions;
    this.proposals = proposals;
  }

  @Override
  public void onClaim(int member, Message message, DiskFacts disk) {
    boolean holds =
        switch (message) {
          case Message.Prepare prepare -> promises(disk, prepare.ballot());
          case Message.Promise promise ->
              promises(disk, promise.ballot()) && reports(disk, promise);
          case Message.Reject reject -> promises(disk, reject.promised());
          case Message.ProbeReply reply -> promises(disk, reply.promised());
          case Message.Sync sync -> accepts(disk, sync.ballot());
          case Message.Accept accept -> accepts(disk, accept.ballot());
          case Message.Accepted accepted -> holds(disk, accepted.ballot(), accepted.verified());
          case Message.HeartbeatReply reply -> holds(disk, reply.ballot(), reply.verified());
          case Message.Probe _,
              Message.Commit _,
              Message.Heartbeat _,
              Message.Want _,
              Message.CatchUp _,
              Message.Behind _,
              Message.Transfer _,
              Message.Resigned _ ->
              true;
        };
    if (!holds) {
      throw new Violation(
          NAME,
          "member %d says %s; its disk: promised %s, accepted %s, length %d"
              .formatted(member, message, disk.promised(), disk.accepted(), disk.length()));
    }
  }

  private static boolean promises(DiskFacts disk, Ballot ballot) {
    return disk.promised().compareTo(ballot) >= 0;
  }

  private static boolean accepts(DiskFacts disk, Ballot ballot) {
    return disk.accepted().compareTo(ballot) >= 0;
  }

  /**
   * A decided entry may have replaced part of the tail meanwhile (rule R6): what comes after the
   * first difference was durable, lost, and harms nobody.
   */
  private static boolean reports(DiskFacts disk, Message.Promise promise) {
    if (!accepts(disk, promise.accepted())) {
      return false;
    }
    if (!disk.accepted().equals(promise.accepted())) {
      return true;
    }
    for (LoggedEntry logged : promise.tail()) {
      if (!disk.holds(logged.slot(), logged.hash())) {
        return logged.slot() <= disk.decided();
      }
    }
    return true;
  }

  /** Whether the disk has the log of {@code ballot}'s leader through {@code verified}. */
  private boolean holds(DiskFacts disk, Ballot ballot, long verified) {
    if (verified < 0 || disk.accepted().compareTo(ballot) > 0) {
      return true;
    }
    if (!disk.accepted().equals(ballot) || disk.length() < verified) {
      return false;
    }
    EntryHash expected = proposals.hashThrough(ballot, verified);
    if (expected == null && verified <= decisions.through()) {
      expected = decisions.hashThrough(verified);
    }
    return expected == null || disk.holds(verified, expected);
  }
}
