package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.ReplicaView;
import java.util.Map;
import java.util.TreeMap;

/** A property of the moment in which a leadership begins. */
abstract class AtElection implements Invariant {
  private final Map<Integer, Ballot> led = new TreeMap<>();

  /** {@code member} leads {@code ballot} from now on, with a log of {@code length} entries. */
  abstract void onElected(int member, Ballot ballot, long length);

  @Override
  public final void onStep(Step step) {
    ReplicaView view = step.view();
    if (view.role() != ReplicaView.Role.LEADER) {
      return;
    }
    Ballot ballot = view.promised();
    if (!ballot.equals(led.put(step.member(), ballot))) {
      onElected(step.member(), ballot, view.length());
    }
  }
}
