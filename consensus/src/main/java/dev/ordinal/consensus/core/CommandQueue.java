package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.Batch;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that wait to be logged. Batches form by themselves: whatever waits when a write may
 * start becomes one entry, so an idle group logs single commands and a busy one large batches,
 * without any lingering.
 */
final class CommandQueue {
  /** The commands of one entry and who waits for them. */
  record Cut(List<Long> tickets, Entry entry) {}

  private final Bounds queueBounds;
  private final Bounds batchBounds;
  private final ArrayDeque<Event.Proposed> waiting = new ArrayDeque<>();
  private long waitingBytes;

  CommandQueue(Bounds queueBounds, Bounds batchBounds) {
    this.queueBounds = queueBounds;
    this.batchBounds = batchBounds;
  }

  int size() {
    return waiting.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** False if the queue is full. */
  boolean offer(Event.Proposed proposed) {
    long bytes = waitingBytes + proposed.command().length();
    if (!queueBounds.admit(waiting.size() + 1, bytes)) {
      return false;
    }
    waiting.addLast(proposed);
    waitingBytes = bytes;
    return true;
  }

  /** The next entry may be this large: a full batch, or one command that is larger than that. */
  long nextBytesMax() {
    Event.Proposed first = waiting.getFirst();
    return Math.max(batchBounds.bytesMax(), Batch.encodedLength(1, first.command().length()));
  }

  /** Takes the next entry off: at least one command, within the bounds of a batch. */
  Cut cut() {
    List<Long> tickets = new ArrayList<>(Math.min(waiting.size(), batchBounds.countMax()));
    List<Payload> commands = new ArrayList<>(Math.min(waiting.size(), batchBounds.countMax()));
    long bytes = 0;
    while (!waiting.isEmpty() && fits(commands.size() + 1, bytes)) {
      Event.Proposed next = waiting.removeFirst();
      tickets.add(next.ticket());
      commands.add(next.command());
      bytes += next.command().length();
    }
    waitingBytes -= bytes;
    return new Cut(tickets, Entry.batch(Batch.encode(commands)));
  }

  private boolean fits(int count, long bytes) {
    int next = waiting.getFirst().command().length();
    return count == 1 || batchBounds.admit(count, Batch.encodedLength(count, bytes + next));
  }

  /** Empties the queue of those who waited, in their order. */
  List<Event.Proposed> drain() {
    List<Event.Proposed> drained = List.copyOf(waiting);
    waiting.clear();
    waitingBytes = 0;
    return drained;
  }
}
