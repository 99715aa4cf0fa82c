package dev.ordinal.client;

/**
 * What the body of {@link OrdinalClient#transact} works on: reads come from one snapshot and are
 * remembered as what the transaction read, scans as whole ranges; writes are collected and
 * committed when the body returns. A read does not see the body's own writes.
 */
public interface TransactionView extends ReadView {
  void put(Key key, Value value);

  void delete(Key key);

  void deleteRange(KeyRange range);

  void add(Key key, long delta);

  /** Any other operation. */
  void operation(Operation operation);

  /** A condition that must hold when the transaction is applied. */
  void require(Guard guard);

  /** A word that the journal keeps with the record. */
  void label(String name, String value);
}
