package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Message;

/** A property that holds at every moment of every run; each method throws {@link Violation}. */
public interface Invariant {
  /** A process starts with {@code image}. */
  default void onStart(int member, Image image) {}

  /** A replica has stepped. */
  default void onStep(Step step) {}

  /** The disk of {@code member} has changed. */
  default void onDurable(int member, DiskFacts disk) {}

  /**
   * The write that {@code message} waits for is durable on {@code disk}, or it waits for none: from
   * now on the disk must bear out what it claims.
   */
  default void onClaim(int member, Message message, DiskFacts disk) {}

  /** {@code message} leaves the process of {@code member}. */
  default void onLeave(int member, Message message) {}
}
