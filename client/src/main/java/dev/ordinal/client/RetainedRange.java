package dev.ordinal.client;

/**
 * The order IDs that can be read at, and after which a subscription can resume.
 *
 * @param floor the oldest one
 * @param current the last one, on the replica that was asked
 */
public record RetainedRange(OrderId floor, OrderId current) {}
