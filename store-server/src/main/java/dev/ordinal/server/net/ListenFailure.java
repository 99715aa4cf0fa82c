package dev.ordinal.server.net;

import java.io.Serial;

/** A listener could not be opened; the message names the address and says what to do. */
public final class ListenFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public ListenFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
