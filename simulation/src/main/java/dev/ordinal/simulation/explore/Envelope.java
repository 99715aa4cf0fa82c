package dev.ordinal.simulation.explore;

import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.simulation.trace.Plain;

/** A message on its way. */
record Envelope(int from, int to, Message message) {
  @Override
  public String toString() {
    return Plain.of(new Event.Received(from, message));
  }
}
