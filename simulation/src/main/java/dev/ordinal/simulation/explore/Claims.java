package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.simulation.invariant.Violation;

/** A message may claim only what the disk says when it leaves. */
final class Claims {
  private Claims() {}

  static void requireBorneOut(Message message, Image disk) {
    boolean holds =
        switch (message) {
          case Message.Prepare prepare -> promises(disk, prepare.ballot());
          case Message.Promise promise ->
              promises(disk, promise.ballot())
                  && disk.accepted().compareTo(promise.accepted()) >= 0;
          case Message.Reject reject -> promises(disk, reject.promised());
          case Message.Sync sync -> disk.accepted().compareTo(sync.ballot()) >= 0;
          case Message.Accept accept -> disk.accepted().compareTo(accept.ballot()) >= 0;
          case Message.Accepted accepted -> holds(disk, accepted.ballot(), accepted.verified());
          case Message.HeartbeatReply reply -> holds(disk, reply.ballot(), reply.verified());
          case Message.Closed closed ->
              disk.stretch().configuration().number() >= closed.successor();
          case Message.Probe _,
              Message.ProbeReply _,
              Message.Commit _,
              Message.Heartbeat _,
              Message.Report _,
              Message.Want _,
              Message.CatchUp _,
              Message.Transfer _,
              Message.Resigned _ ->
              true;
        };
    if (!holds) {
      throw new Violation("a message claims only what is durable", message + " over " + disk);
    }
  }

  private static boolean promises(Image disk, Ballot ballot) {
    return disk.promised().compareTo(ballot) >= 0;
  }

  /** A higher ballot may have replaced the log since: then the answer is worth nothing. */
  private static boolean holds(Image disk, Ballot ballot, long verified) {
    int later = disk.accepted().compareTo(ballot);
    return later > 0 || verified < 0 || (later == 0 && length(disk) >= verified);
  }

  private static long length(Image disk) {
    return disk.decided() + disk.tail().size();
  }
}
