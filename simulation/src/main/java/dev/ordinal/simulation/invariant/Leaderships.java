package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Observation;
import dev.ordinal.consensus.core.ReplicaView;
import java.util.Map;
import java.util.TreeMap;

/**
 * I2: at most one leader per ballot, which is one life of one process: a leadership is never
 * resumed after a restart (rule R9).
 */
final class Leaderships implements Invariant {
  private static final String NAME = "I2 one leader per ballot";

  private record Leader(int member, int boot) {}

  private final Map<Ballot, Leader> leaders = new TreeMap<>();
  private final Map<Integer, Ballot> last = new TreeMap<>();

  /** The ballot that {@code member} was last elected in, since it started. */
  Ballot lastOf(int member) {
    Ballot ballot = last.get(member);
    if (ballot == null) {
      throw new Violation(NAME, "member %d decides and was never elected".formatted(member));
    }
    return ballot;
  }

  @Override
  public void onStart(int member, Image image) {
    last.remove(member);
  }

  @Override
  public void onStep(Step step) {
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Observe(Observation.Elected(Ballot ballot))) {
        onLeading(step, ballot);
      }
    }
    if (step.view().role() == ReplicaView.Role.LEADER) {
      onLeading(step, step.view().promised());
    }
  }

  private void onLeading(Step step, Ballot ballot) {
    Leader leader = new Leader(step.member(), step.boot());
    Leader first = leaders.putIfAbsent(ballot, leader);
    if (first != null && !first.equals(leader)) {
      throw new Violation(
          NAME, "ballot %s is led by %s, before by %s".formatted(ballot, leader, first));
    }
    last.put(step.member(), ballot);
  }
}
