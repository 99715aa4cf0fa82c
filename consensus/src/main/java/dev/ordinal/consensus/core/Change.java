package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;

/** One change to a node's durable log; a group of them, in order, is one atomic write. */
public sealed interface Change {
  /** Puts an entry at its slot. Slots follow each other without gaps, after truncation. */
  record Append(LoggedEntry logged) implements Change {}

  /** Removes every entry from {@code slot} on; never a decided one. */
  record TruncateFrom(long slot) implements Change {}

  /**
   * Replaces the promise and the ballot that the tail comes from. Invariant I4: accepted ≤
   * promised.
   */
  record SetBallots(Ballot promised, Ballot accepted) implements Change {
    public SetBallots {
      if (accepted.compareTo(promised) > 0) {
        throw new IllegalArgumentException("accepted " + accepted + " above promised " + promised);
      }
    }
  }

  /**
   * The log begins behind {@code base} from now on: everything through it is decided, and told by a
   * state instead. Its entries may go; those after it stay. A log that ends before {@code base}
   * becomes empty there; one that reaches it must hold it.
   */
  record RaiseBase(LogPoint base) implements Change {}

  /**
   * The stop-sign that begins {@code stretch} is decided: from now on its configuration votes. In
   * the group that says so, and nothing of the configuration before follows.
   */
  record SetStretch(Stretch stretch) implements Change {}

  /**
   * A hint, never more than the truth and never beyond the log: everything through {@code slot} is
   * decided. At most one in a group, its last change.
   */
  record SetDecided(long slot) implements Change {}
}
