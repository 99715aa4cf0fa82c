package dev.ordinal.client;

/**
 * What can be said about a group: on a {@link Group.Builder}, or on a {@link Transaction.Builder}
 * for the transaction's first group.
 *
 * @param <B> the builder itself
 */
public sealed interface GroupSteps<B extends GroupSteps<B>>
    permits Group.Builder, Transaction.Builder {

  B read(Group.ReadKey read);

  B read(Group.ReadRange read);

  /** A condition on the group as a whole. */
  B require(Guard guard);

  B operation(Operation operation);

  /** The next best way, after those named before. */
  B alternative(Alternative alternative);

  /** {@code key} was read at the transaction's snapshot. */
  default B read(Key key) {
    return read(new Group.ReadKey(key, null));
  }

  /** {@code key} was read at {@code at}. */
  default B read(Key key, OrderId at) {
    return read(new Group.ReadKey(key, at));
  }

  /** All of {@code range} was read at the transaction's snapshot, missing keys included. */
  default B read(KeyRange range) {
    return read(new Group.ReadRange(range, null));
  }

  /** All of {@code range} was read at {@code at}. */
  default B read(KeyRange range, OrderId at) {
    return read(new Group.ReadRange(range, at));
  }

  default B put(Key key, Value value) {
    return operation(Operation.put(key, value));
  }

  /** A value that does not stay for ever. */
  default B put(Key key, Value value, Tenure tenure) {
    return operation(Operation.put(key, value, tenure));
  }

  default B delete(Key key) {
    return operation(Operation.delete(key));
  }

  default B deleteRange(KeyRange range) {
    return operation(Operation.deleteRange(range));
  }

  default B add(Key key, long delta) {
    return operation(Operation.add(key, delta));
  }

  default B createCounter(Key key, Counter counter) {
    return operation(Operation.createCounter(key, counter));
  }

  default B setBounds(Key key, long low, long high) {
    return operation(Operation.setBounds(key, low, high));
  }
}
