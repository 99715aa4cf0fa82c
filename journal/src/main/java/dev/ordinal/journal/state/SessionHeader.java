package dev.ordinal.journal.state;

/**
 * A session as it is kept.
 *
 * @param id from 1, never used again
 * @param nonce what its client opened it with
 * @param ttlMillis how long it asked to outlive its last sign of life; not acted upon yet
 * @param acknowledgedThrough no sequence through this one is judged again
 * @param touchedSlot the last slot with a transaction of the session, or the one that opened it
 */
public record SessionHeader(
    long id, long nonce, String name, long ttlMillis, long acknowledgedThrough, long touchedSlot) {}
