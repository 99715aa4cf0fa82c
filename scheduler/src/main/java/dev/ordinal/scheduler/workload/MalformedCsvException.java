package dev.ordinal.scheduler.workload;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A CSV file does not say what it should; the message names file, line, column and value. */
public final class MalformedCsvException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedCsvException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
