package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.Payload;

/** Everything that can happen to a replica. */
public sealed interface Event {
  /** One unit of time has passed. */
  record Tick() implements Event {}

  /**
   * {@code message} came from the member {@code from}; it may be late, repeated or out of order.
   */
  record Received(int from, Message message) implements Event {}

  /** A client wants {@code command} in the log; {@code ticket} is how the shell knows it. */
  record Proposed(long ticket, Payload command) implements Event {}

  /** A client wants to read what is decided now; answered by {@link Verdict.ReadableAt}. */
  record ReadRequested(long ticket) implements Event {}

  /** The write that {@link Effect.Persist} started is durable, and all before it. */
  record Persisted(long group) implements Event {}

  /** The state machine has applied everything through {@code slot}. */
  record Applied(long slot) implements Event {}
}
