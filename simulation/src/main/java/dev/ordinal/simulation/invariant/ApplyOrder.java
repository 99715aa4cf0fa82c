package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * I11: slots are applied in order, without gaps, from where the image ends; and equal slots leave
 * equal states, replays after a restart included.
 */
public final class ApplyOrder implements Invariant {
  private static final String NAME = "I11 apply order";

  private final Map<Integer, Long> handedOut = new TreeMap<>();
  private final List<Long> digests = new ArrayList<>();

  @Override
  public void onStart(int member, Image image) {
    handedOut.put(member, image.decided());
  }

  @Override
  public void onStep(Step step) {
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Apply(LoggedEntry logged, var _, long _)) {
        long before = handedOut.getOrDefault(step.member(), 0L);
        if (logged.slot() != before + 1) {
          throw new Violation(
              NAME,
              "member %d applies %d after %d".formatted(step.member(), logged.slot(), before));
        }
        handedOut.put(step.member(), logged.slot());
      }
    }
    long before = handedOut.getOrDefault(step.member(), 0L);
    if (step.view().decided() != before) {
      throw new Violation(
          NAME,
          "member %d decided %d, applies %d"
              .formatted(step.member(), step.view().decided(), before));
    }
  }

  /** {@code member} goes on from a snapshot that says it is the state at {@code slot}. */
  public void onInstalled(int member, long slot, long digest) {
    if (slot > digests.size() || digests.get(Math.toIntExact(slot - 1)) != digest) {
      throw new Violation(
          NAME, "member %d gets a snapshot that is not slot %d".formatted(member, slot));
    }
  }

  /** The state machine of {@code member} is now at {@code slot}, with {@code digest}. */
  public void onApplied(int member, long slot, long digest) {
    if (slot > digests.size() + 1) {
      throw new Violation(NAME, "member %d skips to slot %d".formatted(member, slot));
    }
    if (slot == digests.size() + 1) {
      digests.add(digest);
    } else if (digests.get(Math.toIntExact(slot - 1)) != digest) {
      throw new Violation(
          NAME, "the state of member %d differs at slot %d".formatted(member, slot));
    }
  }
}
