package dev.ordinal.journal.model;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Origin;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sessions as the contract tells them, one sentence after the other. */
final class ModelSessions {
  private final int sessionsMax;
  private final int outcomesMax;
  private final Map<Long, ModelSession> open = new TreeMap<>();
  private long opened;

  private static final class ModelSession {
    private final long id;
    private final long nonce;
    private final TreeMap<Long, Outcome> outcomes = new TreeMap<>();
    private long acknowledgedThrough;
    private final long ttl;
    private long touchedSlot;

    /** None since it was touched, until the next tick. */
    private @Nullable Long deadline;

    private ModelSession(long id, Command.OpenSession command, long slot) {
      this.id = id;
      this.nonce = command.nonce();
      this.ttl = command.ttlMillis();
      this.touchedSlot = slot;
    }

    private void touch(long slot) {
      touchedSlot = slot;
      deadline = null;
    }

    private void acknowledge(long through) {
      acknowledgedThrough = Math.max(acknowledgedThrough, through);
      outcomes.keySet().removeIf(sequence -> sequence <= acknowledgedThrough);
    }
  }

  ModelSessions(int sessionsMax, int outcomesMax) {
    this.sessionsMax = sessionsMax;
    this.outcomesMax = outcomesMax;
  }

  Outcome open(long slot, Command.OpenSession command) {
    for (ModelSession session : open.values()) {
      if (session.nonce == command.nonce()) {
        session.touch(slot);
        return new Outcome.SessionOpened(session.id);
      }
    }
    opened++;
    open.put(opened, new ModelSession(opened, command, slot));
    if (open.size() > sessionsMax) {
      ModelSession oldest =
          open.values().stream()
              .min(
                  Comparator.<ModelSession>comparingLong(session -> session.touchedSlot)
                      .thenComparingLong(session -> session.id))
              .orElseThrow();
      open.remove(oldest.id);
    }
    return new Outcome.SessionOpened(opened);
  }

  Outcome close(Command.CloseSession command) {
    return open.remove(command.session()) == null
        ? new Outcome.SessionUnknown(command.session())
        : new Outcome.SessionClosed();
  }

  List<Long> keepAlive(long slot, List<Long> ids) {
    ids.stream().map(open::get).filter(Objects::nonNull).forEach(session -> session.touch(slot));
    return ids.stream().filter(id -> !open.containsKey(id)).toList();
  }

  void settle(long clock) {
    for (ModelSession session : open.values()) {
      if (session.deadline == null) {
        session.deadline = clock + session.ttl;
      }
    }
  }

  void expire(long clock) {
    open.values().removeIf(session -> session.deadline != null && session.deadline <= clock);
  }

  /** Null: judge it. */
  @Nullable Outcome known(long slot, Origin origin) {
    if (origin.session() == 0) {
      return null;
    }
    ModelSession session = open.get(origin.session());
    if (session == null) {
      return new Outcome.SessionUnknown(origin.session());
    }
    session.touch(slot);
    session.acknowledge(origin.acknowledgedThrough());
    if (session.outcomes.containsKey(origin.sequence())) {
      return session.outcomes.get(origin.sequence());
    }
    return origin.sequence() <= session.acknowledgedThrough
        ? new Outcome.SequenceForgotten(origin.sequence(), session.acknowledgedThrough)
        : null;
  }

  void keep(Origin origin, Outcome outcome) {
    ModelSession session = open.get(origin.session());
    if (session != null) {
      session.outcomes.put(origin.sequence(), outcome);
      if (session.outcomes.size() > outcomesMax) {
        session.acknowledge(session.outcomes.firstKey());
      }
    }
  }
}
