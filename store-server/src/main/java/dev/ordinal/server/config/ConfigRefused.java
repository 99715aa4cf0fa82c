package dev.ordinal.server.config;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What the operator asked for cannot be; the message says what, which value, what is allowed. */
public final class ConfigRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public ConfigRefused(@Nullable String message) {
    super(message);
  }
}
