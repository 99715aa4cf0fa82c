package dev.ordinal.consensus.core;

import dev.ordinal.consensus.quorum.Configuration;
import java.util.TreeSet;

/**
 * Asking before campaigning: only a replica that a quorum would elect may disturb a leader. A probe
 * changes nothing anywhere and does not compare logs.
 */
final class Probing {
  private final Local local;
  private final Configuration configuration;
  private final long round;
  private final TreeSet<Integer> granted = new TreeSet<>();

  Probing(Local local, long round) {
    this.local = local;
    this.configuration = local.configuration();
    this.round = round;
    granted.add(local.self());
  }

  void start() {
    Message probe = new Message.Probe(configuration.number(), round);
    local.others().forEach(to -> local.outbox().send(to, probe));
  }

  void onReply(int from, Message.ProbeReply reply) {
    if (reply.round() == round && reply.granted()) {
      granted.add(from);
    }
  }

  boolean isGranted() {
    return configuration.quorums().elects(granted);
  }
}
