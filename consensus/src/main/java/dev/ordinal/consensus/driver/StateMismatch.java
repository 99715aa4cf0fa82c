package dev.ordinal.consensus.driver;

import java.io.Serial;

/**
 * Log and state machine of one directory do not belong together: one of them was lost or replaced,
 * and with the log perhaps votes. The node must not vote with this directory again.
 */
public final class StateMismatch extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  StateMismatch(String message) {
    super(message + "; votes of this node may be forgotten: replace it by a new one");
  }
}
