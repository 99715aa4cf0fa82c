package dev.ordinal.consensus.driver;

/**
 * What a driver has done since it started.
 *
 * @param turns steps of the core
 * @param events what they took in
 * @param messagesDropped messages of peers that found the inbox full
 * @param requestsRefused requests of clients that found the inbox full
 */
public record DriverFigures(long turns, long events, long messagesDropped, long requestsRefused) {}
