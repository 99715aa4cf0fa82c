package dev.ordinal.client;

import java.time.Duration;

/**
 * How much of the past a store keeps. What exceeds any of the bounds may go; 0 is no bound.
 *
 * @param ordersMax transactions
 * @param bytesMax of keys and values that they wrote, and some for each
 * @param ageMax of replicated time, in whole milliseconds
 */
public record RetentionPolicy(long ordersMax, long bytesMax, Duration ageMax) {}
