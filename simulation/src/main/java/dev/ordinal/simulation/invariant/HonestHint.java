package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.entry.LogPoint;

/**
 * Nobody ever calls decided what is not: neither the hint on a disk, nor a message. (I4 and I11
 * rest on it.)
 */
final class HonestHint implements Invariant {
  private static final String NAME = "decided means decided";

  private final Decisions decisions;

  HonestHint(Decisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public void onDurable(int member, DiskFacts disk) {
    requireBase(member, disk.base(), "its disk");
    long slot = disk.decided();
    require(member, slot, "its disk");
    if (!disk.holds(slot, decisions.hashThrough(slot))) {
      throw new Violation(
          NAME,
          "the disk of member %d calls slot %d decided and holds another entry than %s"
              .formatted(member, slot, decisions.hashThrough(slot)));
    }
  }

  @Override
  public void onLeave(int member, Message message) {
    switch (message) {
      case Message.Prepare prepare -> require(member, prepare.decided(), message);
      case Message.Promise promise -> require(member, promise.decided(), message);
      case Message.Sync sync -> require(member, Math.max(sync.decided(), sync.commit()), message);
      case Message.Accept accept -> require(member, accept.commit(), message);
      case Message.Commit commit -> require(member, commit.commit(), message);
      case Message.Heartbeat heartbeat ->
          require(member, Math.max(heartbeat.commit(), heartbeat.heldByAll()), message);
      case Message.HeartbeatReply reply -> require(member, reply.decided(), message);
      case Message.Accepted accepted -> require(member, accepted.applied(), message);
      case Message.Want want -> require(member, want.decided(), message);
      case Message.CatchUp catchUp -> requireDecided(member, catchUp);
      case Message.Behind behind -> requireBase(member, behind.base(), message);
      case Message.Probe _,
          Message.ProbeReply _,
          Message.Reject _,
          Message.Transfer _,
          Message.Resigned _ -> {}
    }
  }

  private void requireBase(int member, LogPoint base, Object source) {
    require(member, base.slot(), source);
    if (!decisions.hashThrough(base.slot()).equals(base.hash())) {
      throw new Violation(
          NAME,
          "member %d has base %s, decided was %s, in %s"
              .formatted(member, base, decisions.hashThrough(base.slot()), source));
    }
  }

  private void requireDecided(int member, Message.CatchUp catchUp) {
    require(member, catchUp.decidedThrough(), catchUp);
    for (var logged : catchUp.entries()) {
      require(member, logged.slot(), catchUp);
      if (!decisions.at(logged.slot()).equals(logged)) {
        throw new Violation(
            NAME,
            "member %d sends %s, %s was decided"
                .formatted(member, logged, decisions.at(logged.slot())));
      }
    }
  }

  private void require(int member, long slot, Object source) {
    if (slot > decisions.through()) {
      throw new Violation(
          NAME,
          "member %d calls slot %d decided, %d are, in %s"
              .formatted(member, slot, decisions.through(), source));
    }
  }
}
