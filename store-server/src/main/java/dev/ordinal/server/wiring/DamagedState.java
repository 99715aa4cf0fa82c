package dev.ordinal.server.wiring;

import java.io.Serial;

/** The state cannot be used; the log beside it may tell it again. The message says what to do. */
public final class DamagedState extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  DamagedState(String message, Throwable cause) {
    super(message, cause);
  }
}
