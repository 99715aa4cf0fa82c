package dev.ordinal.architecture.planted;

/** Asks the time where time must be an input. */
public final class ReadsAClock {
  public long now() {
    return System.nanoTime();
  }
}
