package dev.ordinal.journal.state;

/**
 * A session as it is kept.
 *
 * @param id from 1, never used again
 * @param nonce what its client opened it with
 * @param ttlMillis how long it outlives its last sign of life
 * @param acknowledgedThrough no sequence through this one is judged again
 * @param touchedSlot the last slot with a sign of life
 * @param deadlineMillis where the clock stands when it ends; 0 until the next tick settles it
 */
public record SessionHeader(
    long id,
    long nonce,
    String name,
    long ttlMillis,
    long acknowledgedThrough,
    long touchedSlot,
    long deadlineMillis) {}
