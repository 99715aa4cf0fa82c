package dev.ordinal.journal.state;

/**
 * What waits for a tick.
 *
 * @param nextMillis something ends when the clock stands here; {@link Long#MAX_VALUE}: nothing
 * @param unsettled how much has been renewed since the last tick
 */
public record Dues(long nextMillis, int unsettled) {}
