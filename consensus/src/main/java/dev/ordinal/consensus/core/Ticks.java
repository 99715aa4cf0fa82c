package dev.ordinal.consensus.core;

/** How many ticks this replica has lived through. */
final class Ticks {
  private long now;

  long now() {
    return now;
  }

  void advance() {
    now++;
  }
}
