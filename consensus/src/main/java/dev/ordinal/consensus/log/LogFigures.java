package dev.ordinal.consensus.log;

/**
 * What a log has done since it was opened.
 *
 * @param groups atomic writes that became durable
 * @param entries entries appended by them
 * @param bytes payload bytes of those entries
 * @param writeNanos time spent in writes, syncs included
 */
public record LogFigures(long groups, long entries, long bytes, long writeNanos) {
  public static final LogFigures NONE = new LogFigures(0, 0, 0, 0);

  LogFigures plus(long moreEntries, long moreBytes, long moreNanos) {
    return new LogFigures(
        groups + 1, entries + moreEntries, bytes + moreBytes, writeNanos + moreNanos);
  }
}
