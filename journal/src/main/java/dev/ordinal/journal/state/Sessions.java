package dev.ordinal.journal.state;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions, and which of their transactions have an outcome. A recorded sequence, or one
 * that was acknowledged, is never evaluated again (I17): two copies of one request can both be in
 * the log, and a bound that refused the first may pass for the second.
 *
 * <p>Bounded twice by its {@link Capacity}: the session with too many outcomes forgets its lowest
 * sequence, which then counts as acknowledged; and of too many sessions the one that was touched
 * longest ago is closed.
 */
final class Sessions {
  private final StateView stored;
  private final Capacity capacity;
  private final NavigableMap<Long, Session> byId = new TreeMap<>();
  private final Map<Long, Session> byNonce = new HashMap<>();
  private final NavigableSet<Session> byTouch =
      new TreeSet<>(Comparator.comparingLong(Session::touchedSlot).thenComparingLong(Session::id));

  private final Deadlines deadlines = new Deadlines();

  /** The last number that was given to a session. */
  private long openedCount;

  private long slot;
  private final Map<Recorded, Outcome> recordedInSlot = new HashMap<>();
  private final NavigableMap<Long, Session> touchedInSlot = new TreeMap<>();
  private List<SessionChange> changes = new ArrayList<>();

  private record Recorded(long session, long sequence) {}

  Sessions(StateView stored, Capacity capacity) {
    this.stored = stored;
    this.capacity = capacity;
    this.openedCount = stored.head().sessionsOpened();
    for (SessionImage image : stored.sessions()) {
      add(new Session(image.header(), image.recorded()));
    }
  }

  long openedCount() {
    return openedCount;
  }

  void begin(long newSlot) {
    slot = newSlot;
    recordedInSlot.clear();
    touchedInSlot.clear();
    changes = new ArrayList<>();
  }

  /** What the slot changed. */
  List<SessionChange> end() {
    for (Session session : touchedInSlot.values()) {
      changes.add(new SessionChange.Saved(session.header()));
    }
    return changes;
  }

  Outcome open(Command.OpenSession command) {
    Session known = byNonce.get(command.nonce());
    if (known != null) {
      touch(known);
      return new Outcome.SessionOpened(known.id());
    }
    openedCount++;
    SessionHeader header =
        new SessionHeader(
            openedCount,
            command.nonce(),
            command.name(),
            command.ttlMillis(),
            0,
            slot,
            Deadlines.UNSETTLED);
    Session session = new Session(header, List.of());
    add(session);
    touchedInSlot.put(session.id(), session);
    if (byId.size() > capacity.sessionsMax()) {
      remove(byTouch.getFirst());
    }
    return new Outcome.SessionOpened(session.id());
  }

  Outcome close(Command.CloseSession command) {
    Session session = byId.get(command.session());
    if (session == null) {
      return new Outcome.SessionUnknown(command.session());
    }
    remove(session);
    return new Outcome.SessionClosed();
  }

  /** Takes a sign of life of those of {@code ids} that are open; answers the others. */
  List<Long> keepAlive(List<Long> ids) {
    List<Long> ended = new ArrayList<>();
    for (long id : ids) {
      Session session = byId.get(id);
      if (session == null) {
        ended.add(id);
      } else {
        touch(session);
      }
    }
    return ended;
  }

  /** What was touched since the last tick counts from {@code clockMillis}. */
  void settle(long clockMillis) {
    for (long id : deadlines.takeUnsettled()) {
      Session session = required(id);
      session.settle(clockMillis);
      deadlines.add(id, session.deadlineMillis());
      touchedInSlot.put(id, session);
    }
  }

  /** Closes what is due, in the order of deadlines, a part if it is much. */
  void expire(long clockMillis) {
    int left = Capacity.SESSIONS_ENDED_MAX;
    while (left > 0 && deadlines.first() <= clockMillis) {
      remove(required(deadlines.firstId()));
      left--;
    }
  }

  /** See {@link Deadlines#first}. */
  long firstDeadline() {
    return deadlines.first();
  }

  int unsettledCount() {
    return deadlines.unsettledCount();
  }

  /**
   * Notes a transaction of a session. Returns its outcome if it must not be judged; null if it must
   * be, and then {@link #record} has to follow.
   */
  @Nullable Outcome admit(Origin origin) {
    if (!origin.hasSession()) {
      return null;
    }
    Session session = byId.get(origin.session());
    if (session == null) {
      return new Outcome.SessionUnknown(origin.session());
    }
    touch(session);
    session.acknowledge(origin.acknowledgedThrough());
    forget(session, session.recorded().headSet(session.acknowledgedThrough(), true));
    return answer(session, origin.sequence());
  }

  boolean isOpen(long session) {
    return byId.containsKey(session);
  }

  /** What is known of a transaction, without changing anything; null if nothing is. */
  @Nullable Outcome answer(Origin origin) {
    Session session = byId.get(origin.session());
    return session == null ? null : answer(session, origin.sequence());
  }

  private @Nullable Outcome answer(Session session, long sequence) {
    if (session.recorded().contains(sequence)) {
      return recordedOutcome(session.id(), sequence);
    }
    return sequence <= session.acknowledgedThrough()
        ? new Outcome.SequenceForgotten(sequence, session.acknowledgedThrough())
        : null;
  }

  private Outcome recordedOutcome(long session, long sequence) {
    Outcome outcome = recordedInSlot.get(new Recorded(session, sequence));
    if (outcome == null) {
      outcome = stored.recordedOutcome(session, sequence);
    }
    if (outcome == null) {
      throw new IllegalStateException(
          "the outcome of session %d, sequence %d is missing".formatted(session, sequence));
    }
    return outcome;
  }

  /** Keeps the outcome of a transaction that {@link #admit} let through. */
  void record(Origin origin, Outcome outcome) {
    Session session = byId.get(origin.session());
    if (session == null) {
      return;
    }
    if (!session.recorded().add(origin.sequence())) {
      throw new IllegalStateException("judged twice: " + origin);
    }
    recordedInSlot.put(new Recorded(session.id(), origin.sequence()), outcome);
    changes.add(new SessionChange.Recorded(session.id(), origin.sequence(), outcome));
    if (session.recorded().size() > capacity.outcomesMax()) {
      session.acknowledge(session.recorded().getFirst());
      forget(session, session.recorded().headSet(session.acknowledgedThrough(), true));
    }
  }

  private Session required(long id) {
    Session session = byId.get(id);
    if (session == null) {
      throw new IllegalStateException("session %d is not open".formatted(id));
    }
    return session;
  }

  private void add(Session session) {
    byId.put(session.id(), session);
    byNonce.put(session.nonce(), session);
    byTouch.add(session);
    deadlines.add(session.id(), session.deadlineMillis());
  }

  private void touch(Session session) {
    touchedInSlot.put(session.id(), session);
    if (session.touchedSlot() != slot || session.deadlineMillis() != Deadlines.UNSETTLED) {
      byTouch.remove(session);
      deadlines.remove(session.id(), session.deadlineMillis());
      session.touch(slot);
      byTouch.add(session);
      deadlines.add(session.id(), session.deadlineMillis());
    }
  }

  private void forget(Session session, NavigableSet<Long> sequences) {
    for (long sequence : sequences) {
      changes.add(new SessionChange.Forgotten(session.id(), sequence));
    }
    sequences.clear();
  }

  private void remove(Session session) {
    byId.remove(session.id());
    byNonce.remove(session.nonce());
    byTouch.remove(session);
    deadlines.remove(session.id(), session.deadlineMillis());
    touchedInSlot.remove(session.id());
    forget(session, session.recorded());
    changes.add(new SessionChange.Removed(session.id()));
  }
}
