package dev.ordinal.consensus.core;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Linearizable reads without a log entry: a read notes what is decided, then a round of heartbeats
 * that <em>started afterwards</em> shows that this replica still led (Ongaro, "Consensus: Bridging
 * Theory and Practice", §6.4). Rounds are numbered, never reused, and one confirms every read that
 * came before it.
 */
final class ReadIndex {
  private record Waiting(long ticket, long slot, long round) {}

  private final Outbox outbox;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long startedRound;
  private long startedTick;
  private long confirmedRound;

  ReadIndex(Outbox outbox) {
    this.outbox = outbox;
  }

  int size() {
    return waiting.size();
  }

  long startedRound() {
    return startedRound;
  }

  /** A read that must see everything through {@code slot}; the next round will confirm it. */
  void request(long ticket, long slot) {
    waiting.addLast(new Waiting(ticket, slot, startedRound + 1));
  }

  /**
   * Whether some read waits for a round that has not started. One round is under way at a time, or
   * a new one each tick while messages get lost.
   */
  boolean isRoundDue(long now) {
    boolean wanted = !waiting.isEmpty() && waiting.getLast().round() > startedRound;
    return wanted && (confirmedRound == startedRound || now > startedTick);
  }

  long startRound(long now) {
    startedTick = now;
    return ++startedRound;
  }

  /** A quorum has echoed {@code round}. */
  void confirm(long round) {
    confirmedRound = Math.max(confirmedRound, round);
  }

  /** Answers what is confirmed; {@code barrier}, the leader's first entry, has been applied. */
  void release(long barrier) {
    while (!waiting.isEmpty() && waiting.getFirst().round() <= confirmedRound) {
      Waiting read = waiting.removeFirst();
      outbox.answer(read.ticket(), new Verdict.ReadableAt(Math.max(read.slot(), barrier)));
    }
  }

  /** Leadership is over: the tickets that were not answered, in their order. */
  List<Long> drain() {
    List<Long> tickets = waiting.stream().map(Waiting::ticket).toList();
    waiting.clear();
    return tickets;
  }
}
