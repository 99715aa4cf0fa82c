package dev.ordinal.journal.transaction;

import dev.ordinal.journal.retention.RetentionChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command of the log. A slot holds a batch of them. */
public sealed interface Command {
  /** Judged, and either takes effect as a whole, in the part its policy allows, or not at all. */
  record Submit(Transaction transaction) implements Command {}

  /**
   * Opens a session, or finds the one that was opened with the same nonce.
   *
   * @param ttlMillis how long the session outlives its last sign of life, in replicated time
   * @param nonce chosen by the client at random
   */
  record OpenSession(long ttlMillis, String name, long nonce) implements Command {
    public OpenSession {
      Numbers.requireTtl(ttlMillis);
    }
  }

  record CloseSession(long session) implements Command {}

  /** Changes what is kept of the past. */
  record Retain(RetentionChange change) implements Command {}

  /**
   * Makes a lease, or renews the one that was made under the same number.
   *
   * @param lease chosen by the client at random
   * @param ttlMillis how long it outlives its last sign of life, in replicated time
   */
  record GrantLease(long lease, long ttlMillis) implements Command {
    public GrantLease {
      Numbers.requireWithin("a lease", lease, 1, Long.MAX_VALUE);
      Numbers.requireTtl(ttlMillis);
    }
  }

  /** Ends a lease, and its keys with it. */
  record RevokeLease(long lease) implements Command {}

  /** Signs of life, of many at once. */
  record KeepAlive(List<Long> leases, List<Long> sessions) implements Command {
    public KeepAlive {
      leases = List.copyOf(leases);
      sessions = List.copyOf(sessions);
    }
  }

  /**
   * The leader has measured that {@code elapsedMillis} have passed since the slot {@code since},
   * which was its last tick or the barrier of its leadership. Counts only if no tick or barrier
   * came in between, see {@code Clock}.
   *
   * @param graceMillis nothing ends before the clock has moved so far beyond this tick
   */
  record Tick(long since, long elapsedMillis, long graceMillis) implements Command {
    /** One day; more is measured by more than one tick. */
    public static final long ELAPSED_MILLIS_MAX = 86_400_000;

    public static final long GRACE_MILLIS_MAX = 60_000;

    public Tick {
      Numbers.requireNatural("a slot", since);
      Numbers.requireWithin("elapsed_millis", elapsedMillis, 0, ELAPSED_MILLIS_MAX);
      Numbers.requireWithin("grace_millis", graceMillis, 0, GRACE_MILLIS_MAX);
    }
  }

  /** A leadership begins: what was measured before counts no more. No bytes of it are logged. */
  record Barrier() implements Command {}

  /**
   * Bytes that are no command, or one that breaks a limit. Every replica finds the same reason, so
   * no reason is formatted in the language of its host.
   *
   * @param breach the limit, where it is one
   */
  record Malformed(String reason, Limits.@Nullable Breach breach) implements Command {
    public Malformed(String reason) {
      this(reason, null);
    }

    public Malformed(Limits.Breach breach) {
      this(breach.toString(), breach);
    }
  }
}
