package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.quorum.Configuration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A read is allowed only after a deciding quorum, the leader among them, has echoed heartbeats that
 * left after the read was asked for: what makes reads linearizable, and visible even where nobody
 * else was elected meanwhile.
 */
final class ConfirmedReads implements Invariant {
  private static final String NAME = "a read is confirmed after it began";

  private record Beat(Ballot ballot, long readSequence, long sentTick) {}

  private final Configurations configurations;
  private final Leaderships leaderships;
  private final Map<Long, Long> asked = new HashMap<>();
  private final Map<Beat, Long> left = new HashMap<>();
  private final Map<Ballot, Map<Integer, Long>> echoed = new HashMap<>();

  /** Numbers reads and heartbeats in the order in which they began. */
  private long moment;

  ConfirmedReads(Configurations configurations, Leaderships leaderships) {
    this.configurations = configurations;
    this.leaderships = leaderships;
  }

  /** A caller asked a process where it may read. */
  void onAsked(long ticket) {
    asked.put(ticket, ++moment);
  }

  @Override
  public void onLeave(int member, Message message) {
    if (message instanceof Message.Heartbeat beat) {
      Beat sent = new Beat(beat.ballot(), beat.readSequence(), beat.sentTick());
      left.putIfAbsent(sent, ++moment);
    } else if (message instanceof Message.HeartbeatReply reply) {
      Beat heard = new Beat(reply.ballot(), reply.readSequence(), reply.sentTick());
      long when = left.getOrDefault(heard, 0L);
      echoed
          .computeIfAbsent(reply.ballot(), _ -> new TreeMap<>())
          .merge(member, when, (one, other) -> Math.max(one, other));
    }
  }

  @Override
  public void onStep(Step step) {
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Answer(long ticket, Verdict.ReadableAt _)) {
        requireConfirmed(step.member(), ticket);
      }
    }
  }

  private void requireConfirmed(int member, long ticket) {
    long began = asked.getOrDefault(ticket, Long.MAX_VALUE);
    Ballot ballot = leaderships.lastOf(member);
    Stretch stretch = configurations.numbered(ballot.configuration());
    Map<Integer, Long> echoes = echoed.getOrDefault(ballot, Map.of());
    Set<Integer> confirming = new TreeSet<>();
    if (stretch != null) {
      for (Configuration.Member voter : stretch.configuration().members()) {
        int disk = Configurations.diskOf(voter);
        boolean votes = Configurations.votes(stretch.configuration(), disk);
        if (votes && (disk == member || echoes.getOrDefault(disk, 0L) > began)) {
          confirming.add(voter.node());
        }
      }
    }
    if (stretch == null || !stretch.configuration().quorums().decides(confirming)) {
      throw new Violation(
          NAME,
          "member %d in %s allows the read of ticket %d, confirmed by %s only"
              .formatted(member, ballot, ticket, confirming));
    }
  }
}
