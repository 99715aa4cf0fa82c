package dev.ordinal.consensus.core;

import java.util.TreeSet;

/**
 * Asking before campaigning: only a replica that a quorum would elect may disturb a leader. A probe
 * changes nothing anywhere and does not compare logs.
 */
final class Probing {
  private final Local local;
  private final long round;
  private final TreeSet<Integer> granted = new TreeSet<>();

  Probing(Local local, long round) {
    this.local = local;
    this.round = round;
    granted.add(local.self());
  }

  void start() {
    local.others().forEach(to -> local.outbox().send(to, new Message.Probe(round)));
  }

  void onReply(int from, Message.ProbeReply reply) {
    if (reply.round() == round && reply.granted()) {
      granted.add(from);
    }
  }

  boolean isGranted() {
    return local.configuration().quorums().elects(granted);
  }
}
