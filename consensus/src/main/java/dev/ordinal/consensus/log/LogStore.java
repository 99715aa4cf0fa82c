package dev.ordinal.consensus.log;

import dev.ordinal.consensus.core.Change;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.List;

/**
 * The durable part of one node: its log and its ballots. Groups of changes are written one after
 * the other by one thread; reads may come from any thread at any time.
 *
 * <p>The first {@link LogFailure} is final: every later call of the same store throws one.
 */
public interface LogStore extends AutoCloseable {
  /**
   * Writes {@code changes} atomically and returns when they are durable. The changes take effect in
   * their order, so that a tail is replaced by a {@link Change.TruncateFrom} and the appends behind
   * it.
   *
   * @param group the number of the last group plus one
   * @throws IllegalArgumentException if the changes do not continue this log; nothing is written
   * @throws LogFailure if they are not known to be durable
   */
  void write(long group, List<Change> changes);

  /**
   * The entries from {@code from} through {@code through}, or through the last durable one if that
   * comes first; at least one if there is any, then no more than {@code payloadBytesMax} payload
   * bytes hold. Their hash chain is verified from the slot before. Empty if {@code from} is not
   * above {@link #base}, which other threads may raise at any time.
   *
   * <p>The caller asks only for decided slots whose group is durable: an undecided slot may be
   * replaced between two reads, and a slot that was decided a moment ago may still hold an older
   * proposal here until its group is written.
   *
   * @throws LogFailure if an entry in between is missing or is not what was written
   */
  List<LoggedEntry> read(long from, long through, long payloadBytesMax);

  /** Where the log begins: nothing at or below this slot can be read. */
  LogPoint base();

  /** Who votes, as far as the log knows; see {@link Change.SetStretch}. */
  Stretch stretch();

  /** About how much of the disk the entries take, those included that are still to be dropped. */
  long bytes();

  /**
   * Called when writes pause for about a second: makes what is only kept to judge damage durable.
   */
  void settle();

  /** How often this directory was opened, this time included: a copy of it falls behind. */
  long boot();

  LogFigures figures();

  /** Memory outside the Java heap that it takes now, in bytes; not after {@link #close}. */
  default long nativeBytes() {
    return 0;
  }

  /** Does not throw: what is durable is durable. */
  @Override
  void close();
}
