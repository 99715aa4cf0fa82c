package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Verdict;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** Keeps reads until the slot that they must see is applied. */
final class ReadGate {
  private final Answers answers;
  private final Queue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(read -> read.readable.slot()));
  private long applied;

  ReadGate(Answers answers, long applied) {
    this.answers = answers;
    this.applied = applied;
  }

  void admit(long ticket, Verdict.ReadableAt readable) {
    if (readable.slot() <= applied) {
      answers.answer(ticket, readable);
    } else {
      waiting.add(new Waiting(ticket, readable));
    }
  }

  void applied(long slot) {
    applied = slot;
    while (!waiting.isEmpty() && waiting.element().readable.slot() <= slot) {
      Waiting read = waiting.remove();
      answers.answer(read.ticket, read.readable);
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  private record Waiting(long ticket, Verdict.ReadableAt readable) {}
}
