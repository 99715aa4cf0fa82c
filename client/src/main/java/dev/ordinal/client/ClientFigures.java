package dev.ordinal.client;

/**
 * What a client has done since it was made, for reports and tests.
 *
 * @param transactionsSent copies of transactions sent, repeats included
 * @param framesSent frames of the stream, or unary calls, that carried them
 * @param repeats copies that were not the first of their transaction
 * @param connectionsMade streams opened, or replicas turned to, for commits
 */
public record ClientFigures(
    long transactionsSent, long framesSent, long repeats, long connectionsMade) {}
