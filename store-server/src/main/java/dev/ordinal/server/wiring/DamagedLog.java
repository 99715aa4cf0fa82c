package dev.ordinal.server.wiring;

import java.io.Serial;

/** The log lost something that was durable: this node must not vote with it again. */
public final class DamagedLog extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  DamagedLog(String reason) {
    super(reason);
  }
}
