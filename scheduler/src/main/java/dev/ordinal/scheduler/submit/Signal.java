package dev.ordinal.scheduler.submit;

import dev.ordinal.client.MirrorEvent;
import dev.ordinal.client.OrderId;
import dev.ordinal.client.Outcome;

/** What reaches a scheduler's thread from the client's. */
sealed interface Signal {
  /** The mirror has moved. */
  record Mirrored(MirrorEvent event) implements Signal {}

  /** A proposal was answered, {@code latencyNanos} after it was sent. */
  record Answered(Proposal proposal, Outcome outcome, long latencyNanos) implements Signal {}

  /** The mirror knows everything through {@code order}, whether or not it had rows for it. */
  record CaughtUp(OrderId order) implements Signal {}

  /** The mirror will not reach what was awaited: it, or its client, was closed. */
  record MirrorEnded(Throwable cause) implements Signal {}
}
