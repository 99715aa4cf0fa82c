package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.ReplicaView;

/**
 * Which messages can do nothing any more, whatever happens: a ballot that its owner has left is
 * never taken up again (rule R9), a promise never decreases (I5). States that differ in nothing
 * else are one.
 */
final class Obsolete {
  private Obsolete() {}

  /** {@code envelope} is under way between members in the states {@code from} and {@code to}. */
  static boolean isObsolete(Envelope envelope, ReplicaView from, ReplicaView to) {
    return !tellsOfSuccessor(envelope.message(), from, to)
        && switch (envelope.message()) {
          case Message.Promise promise ->
              !owns(envelope.to(), to, promise.ballot()) || to.role() == ReplicaView.Role.LEADER;
          case Message.Accepted accepted ->
              !owns(envelope.to(), to, accepted.ballot()) || isKnown(envelope.from(), accepted, to);
          case Message.Reject reject -> !owns(envelope.to(), to, reject.ballot());
          case Message.HeartbeatReply reply -> !owns(envelope.to(), to, reply.ballot());
          case Message.Report report -> !owns(envelope.to(), to, report.ballot());
          case Message.Prepare prepare -> isOver(envelope.from(), prepare.ballot(), from, to);
          case Message.Sync sync -> isOver(envelope.from(), sync.ballot(), from, to);
          case Message.Accept accept -> isOver(envelope.from(), accept.ballot(), from, to);
          case Message.Commit commit -> isOver(envelope.from(), commit.ballot(), from, to);
          case Message.Heartbeat heartbeat -> isOver(envelope.from(), heartbeat.ballot(), from, to);
          case Message.Resigned(Ballot ballot) -> ballot.compareTo(to.promised()) < 0;
          case Message.Closed closed -> closed.successor() <= number(to);
          case Message.Probe _,
              Message.ProbeReply _,
              Message.Want _,
              Message.CatchUp _,
              Message.Transfer _ ->
              false;
        };
  }

  /** Whether the receiver would tell the sender of a configuration that it does not know. */
  private static boolean tellsOfSuccessor(Message message, ReplicaView from, ReplicaView to) {
    long said = message.configuration();
    return said != Message.ANY && said < number(to) && number(from) < number(to);
  }

  private static long number(ReplicaView view) {
    return view.configuration().number();
  }

  /** The receiver would reject {@code ballot}, and who led it would not care. */
  private static boolean isOver(int owner, Ballot ballot, ReplicaView from, ReplicaView to) {
    return ballot.compareTo(to.promised()) < 0 && !owns(owner, from, ballot);
  }

  /** Whether {@code member} leads in {@code ballot} or asks to. */
  private static boolean owns(int member, ReplicaView view, Ballot ballot) {
    boolean active =
        view.role() == ReplicaView.Role.LEADER || view.role() == ReplicaView.Role.CANDIDATE;
    return active && ballot.node() == member && view.promised().equals(ballot);
  }

  private static boolean isKnown(int from, Message.Accepted accepted, ReplicaView leader) {
    for (ReplicaView.Peer peer : leader.peers()) {
      if (peer.member() == from) {
        return peer.matched() >= accepted.verified() && peer.applied() >= accepted.applied();
      }
    }
    return false;
  }
}
