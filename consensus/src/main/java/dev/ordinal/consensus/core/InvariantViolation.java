package dev.ordinal.consensus.core;

import java.util.Arrays;

/**
 * Something that the protocol rules out has happened: a bug here or in a peer, or memory that lies.
 * The only safe answer is to stop this process; its disk is as the last durable group left it.
 */
public final class InvariantViolation extends IllegalStateException {
  private static final long serialVersionUID = 1;

  InvariantViolation(String claim, Object... values) {
    super(claim + " does not hold: " + Arrays.asList(values));
  }

  /** Throws unless {@code holds}; {@code claim} names the two values in their order. */
  static void check(boolean holds, String claim, long first, long second) {
    if (!holds) {
      throw new InvariantViolation(claim, first, second);
    }
  }
}
