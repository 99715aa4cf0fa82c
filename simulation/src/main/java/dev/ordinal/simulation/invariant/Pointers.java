package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.ReplicaView;

/**
 * I4: accepted ≤ promised; applied ≤ decided ≤ length; a leader has at most a window of undecided
 * entries, and so has a disk that a restart reads, counted from the hint it finds.
 */
final class Pointers implements Invariant {
  private static final String NAME = "I4 pointers";

  private final int windowMax;

  Pointers(int windowMax) {
    this.windowMax = windowMax;
  }

  @Override
  public void onStart(int member, Image image) {
    if (image.tail().size() > windowMax) {
      throw new Violation(
          NAME,
          "member %d starts with a tail of %d entries".formatted(member, image.tail().size()));
    }
  }

  @Override
  public void onStep(Step step) {
    ReplicaView view = step.view();
    require(step, view.accepted().compareTo(view.promised()) <= 0, "accepted ≤ promised");
    require(step, view.applied() <= view.decided(), "applied ≤ decided");
    require(step, view.decided() <= view.length(), "decided ≤ length");
    require(step, view.verified() <= view.length(), "verified ≤ length");
    boolean inWindow =
        view.role() != ReplicaView.Role.LEADER || view.length() - view.decided() <= windowMax;
    require(step, inWindow, "a leader's length - decided ≤ window");
  }

  private static void require(Step step, boolean holds, String claim) {
    if (!holds) {
      throw new Violation(
          NAME, "%s does not hold at member %d: %s".formatted(claim, step.member(), step.view()));
    }
  }
}
