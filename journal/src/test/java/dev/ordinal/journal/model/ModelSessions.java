package dev.ordinal.journal.model;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Origin;
import java.util.Comparator;
import java.util.Map;
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
    private long touchedSlot;

    private ModelSession(long id, long nonce, long slot) {
      this.id = id;
      this.nonce = nonce;
      this.touchedSlot = slot;
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
        session.touchedSlot = slot;
        return new Outcome.SessionOpened(session.id);
      }
    }
    opened++;
    open.put(opened, new ModelSession(opened, command.nonce(), slot));
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

  /** Null: judge it. */
  @Nullable Outcome known(long slot, Origin origin) {
    if (origin.session() == 0) {
      return null;
    }
    ModelSession session = open.get(origin.session());
    if (session == null) {
      return new Outcome.SessionUnknown(origin.session());
    }
    session.touchedSlot = slot;
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
