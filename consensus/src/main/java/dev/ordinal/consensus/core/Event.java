package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.consensus.quorum.Configuration;

/** Everything that can happen to a replica. */
public sealed interface Event {
  /**
   * One unit of time has passed while this replica was awake. A shell that was paused does not make
   * up for the ticks it missed: patience is about what a replica could have heard.
   */
  record Tick() implements Event {}

  /**
   * {@code message} came from node {@code from}, whatever that is to this replica; it may be late,
   * repeated or out of order.
   */
  record Received(int from, Message message) implements Event {}

  /** The connection to {@code member} broke: a hint that its process ended, never a proof. */
  record PeerLost(int member) implements Event {}

  /**
   * There is a connection to {@code node} now. Whoever knows no configuration yet has nobody else
   * to ask.
   */
  record PeerMet(int node) implements Event {}

  /** A client wants {@code command} in the log; {@code ticket} is how the shell knows it. */
  record Proposed(long ticket, Payload command) implements Event {}

  /** A client wants to read what is decided now; answered by {@link Verdict.ReadableAt}. */
  record ReadRequested(long ticket) implements Event {}

  /**
   * Someone wants {@code next} to follow the present configuration. Answered by {@link
   * Verdict.Reconfigured} once that is decided, or by a refusal; {@code dryRun}: by {@link
   * Verdict.Permitted} or the same refusal, and nothing is proposed.
   */
  record Reconfigure(long ticket, Configuration next, boolean dryRun) implements Event {}

  /**
   * Someone wants the voter {@code target} to lead. Answered by {@link Verdict.Transferred} once
   * {@code target} has been promised a ballot, or by a refusal.
   */
  record TransferRequested(long ticket, int target) implements Event {}

  /** The write that {@link Effect.Persist} started is durable, and all before it. */
  record Persisted(long group) implements Event {}

  /**
   * The state machine has applied everything through {@code slot}. Each {@link Effect.Apply} must
   * be followed by this sooner or later, one event may stand for many: {@link
   * Settings#appliedLagMax}.
   */
  record Applied(long slot) implements Event {}
}
