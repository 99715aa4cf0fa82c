package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.Payload;

/** Everything that can happen to a replica. */
public sealed interface Event {
  /**
   * One unit of time has passed while this replica was awake. A shell that was paused does not make
   * up for the ticks it missed: patience is about what a replica could have heard.
   */
  record Tick() implements Event {}

  /**
   * {@code message} came from the member {@code from}; it may be late, repeated or out of order.
   */
  record Received(int from, Message message) implements Event {}

  /** The connection to {@code member} broke: a hint that its process ended, never a proof. */
  record PeerLost(int member) implements Event {}

  /** A client wants {@code command} in the log; {@code ticket} is how the shell knows it. */
  record Proposed(long ticket, Payload command) implements Event {}

  /** A client wants to read what is decided now; answered by {@link Verdict.ReadableAt}. */
  record ReadRequested(long ticket) implements Event {}

  /** The write that {@link Effect.Persist} started is durable, and all before it. */
  record Persisted(long group) implements Event {}

  /**
   * The state machine has applied everything through {@code slot}. Each {@link Effect.Apply} must
   * be followed by this sooner or later, one event may stand for many: {@link
   * Settings#appliedLagMax}.
   */
  record Applied(long slot) implements Event {}

  /**
   * The state machine survives without the log through {@code slot}, and nothing that is under way
   * from here needs it: the log may begin there.
   */
  record Droppable(long slot) implements Event {}
}
