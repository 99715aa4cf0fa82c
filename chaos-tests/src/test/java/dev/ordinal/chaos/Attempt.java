package dev.ordinal.chaos;

import dev.ordinal.client.OrderId;
import dev.ordinal.client.Outcome;
import dev.ordinal.client.Transaction;

/**
 * A transaction that a client committed, and what the client was told.
 *
 * @param id unique; the journal keeps it as the label {@link #LABEL}
 * @param acknowledgedBefore the last order ID that anybody was told before this was committed
 */
record Attempt(String id, Transaction transaction, OrderId acknowledgedBefore, Outcome outcome) {
  static final String LABEL = "id";
}
