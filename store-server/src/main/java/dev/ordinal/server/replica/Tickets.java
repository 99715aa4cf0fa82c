package dev.ordinal.server.replica;

import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.journal.transaction.Command;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who waits for what, by the number under which consensus knows it. */
final class Tickets {
  private final ConcurrentMap<Long, Pending> pending = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  /** What a ticket stands for. */
  sealed interface Pending {
    /** The command was decoded at the door, at {@code nanos}; apply need not do it again. */
    record Submitted(Command command, Caller caller, long nanos) implements Pending {}

    record Reading(Reader reader) implements Pending {}

    /** A change of the members or of the leader. */
    record Changing(Consumer<Verdict> caller) implements Pending {}
  }

  long issue(Pending waiting) {
    long ticket = last.incrementAndGet();
    pending.put(ticket, waiting);
    return ticket;
  }

  /** Null if the ticket was answered already. */
  @Nullable Pending redeem(long ticket) {
    return pending.remove(ticket);
  }

  /** Whose ticket this is, without an answer so far. */
  @Nullable Pending peek(long ticket) {
    return pending.get(ticket);
  }
}
