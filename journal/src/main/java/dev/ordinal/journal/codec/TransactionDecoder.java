package dev.ordinal.journal.codec;

import com.google.protobuf.ByteString;
import dev.ordinal.journal.transaction.Alternative;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Guard;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Label;
import dev.ordinal.journal.transaction.Mode;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Origin;
import dev.ordinal.journal.transaction.Policy;
import dev.ordinal.journal.transaction.ReadKey;
import dev.ordinal.journal.transaction.ReadRange;
import dev.ordinal.journal.transaction.Snapshot;
import dev.ordinal.journal.transaction.Tenure;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.proto.store.v1.Put;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a transaction from its wire form. Every method throws {@link IllegalArgumentException} with
 * a reason that depends on the message alone.
 */
final class TransactionDecoder {
  private TransactionDecoder() {}

  static Transaction decode(dev.ordinal.proto.store.v1.Transaction message) {
    Snapshot snapshot =
        message.hasReadOrder() ? new Snapshot(message.getHistory(), message.getReadOrder()) : null;
    return new Transaction(
        origin(message),
        snapshot,
        mode(message.getMode()),
        policy(message),
        each(message.getGroupsList(), group -> group(group, snapshot)),
        each(message.getLabelsList(), label -> new Label(label.getName(), label.getValue())));
  }

  private static Origin origin(dev.ordinal.proto.store.v1.Transaction message) {
    if (message.getSession() == 0) {
      return Origin.NONE;
    }
    return new Origin(
        message.getSession(), message.getSequence(), message.getAcknowledgedThrough());
  }

  private static Mode mode(dev.ordinal.proto.store.v1.Mode mode) {
    return switch (mode) {
      case KEYS -> Mode.KEYS;
      case JOURNAL -> Mode.JOURNAL;
      case UNRECOGNIZED -> throw new IllegalArgumentException("the mode is not known here");
    };
  }

  private static Policy policy(dev.ordinal.proto.store.v1.Transaction message) {
    return switch (message.getPolicy()) {
      case ALL -> Policy.ALL;
      case INCREMENTAL -> Policy.INCREMENTAL;
      case AT_LEAST -> new Policy.AtLeast(message.getAtLeast());
      case UNRECOGNIZED -> throw new IllegalArgumentException("the policy is not known here");
    };
  }

  private static Group group(dev.ordinal.proto.store.v1.Group group, @Nullable Snapshot snapshot) {
    return new Group(
        each(
            group.getReadKeysList(),
            read -> new ReadKey(key(read.getKey()), at(read.hasAt(), read.getAt(), snapshot))),
        each(
            group.getReadRangesList(),
            read ->
                new ReadRange(
                    range(read.getStart(), read.getEnd()),
                    at(read.hasAt(), read.getAt(), snapshot))),
        each(group.getGuardsList(), TransactionDecoder::guard),
        each(group.getAlternativesList(), TransactionDecoder::alternative));
  }

  /** A read says at which order ID it was made; otherwise it was made at the snapshot. */
  private static long at(boolean given, long at, @Nullable Snapshot snapshot) {
    if (snapshot == null) {
      throw new IllegalArgumentException("a transaction with reads needs a read_order, was none");
    }
    return given ? at : snapshot.order();
  }

  private static Alternative alternative(dev.ordinal.proto.store.v1.Alternative alternative) {
    return new Alternative(
        each(alternative.getGuardsList(), TransactionDecoder::guard),
        each(alternative.getOperationsList(), TransactionDecoder::operation));
  }

  private static Guard guard(dev.ordinal.proto.store.v1.Guard guard) {
    if (guard.hasLeaseAlive()) {
      return new Guard.LeaseAlive(guard.getLeaseAlive());
    }
    Key key = key(guard.getKey());
    return switch (guard.getConditionCase()) {
      case EXISTS -> guard.getExists() ? new Guard.Exists(key) : new Guard.Absent(key);
      case VALUE_EQUALS -> new Guard.ValueEquals(key, value(guard.getValueEquals()));
      case COUNTER_AT_LEAST -> new Guard.CounterAtLeast(key, guard.getCounterAtLeast());
      case COUNTER_AT_MOST -> new Guard.CounterAtMost(key, guard.getCounterAtMost());
      case LEASE_ALIVE, CONDITION_NOT_SET ->
          throw new IllegalArgumentException("a guard needs a condition that is known here");
    };
  }

  private static Operation operation(dev.ordinal.proto.store.v1.Operation operation) {
    boolean blind = operation.getBlind();
    return switch (operation.getKindCase()) {
      case PUT -> {
        Put put = operation.getPut();
        yield new Operation.Put(key(operation), value(put.getValue()), blind, tenure(put));
      }
      case DELETE -> new Operation.Delete(key(operation), blind);
      case DELETE_RANGE ->
          new Operation.DeleteRange(
              range(operation.getKey(), operation.getDeleteRange().getEnd()), blind);
      case ADD -> new Operation.Add(key(operation), operation.getAdd().getDelta());
      case CREATE_COUNTER -> {
        var create = operation.getCreateCounter();
        Bounds bounds = new Bounds(create.getLow(), create.getHigh());
        yield new Operation.CreateCounter(key(operation), create.getInitial(), bounds, blind);
      }
      case SET_BOUNDS -> {
        var set = operation.getSetBounds();
        Bounds bounds = new Bounds(set.getLow(), set.getHigh());
        yield new Operation.SetBounds(key(operation), bounds, blind);
      }
      case KIND_NOT_SET ->
          throw new IllegalArgumentException("an operation needs a kind that is known here");
    };
  }

  private static Tenure tenure(Put put) {
    return switch (put.getTenureCase()) {
      case LEASE -> new Tenure.Leased(put.getLease());
      case TTL_MILLIS -> new Tenure.Limited(put.getTtlMillis());
      case TENURE_NOT_SET -> Tenure.FOREVER;
    };
  }

  private static Key key(dev.ordinal.proto.store.v1.Operation operation) {
    return key(operation.getKey());
  }

  private static Key key(ByteString bytes) {
    if (bytes.isEmpty()) {
      throw new IllegalArgumentException("a key needs at least 1 byte, was empty");
    }
    return Key.wrap(bytes.toByteArray());
  }

  private static KeyRange range(ByteString start, ByteString end) {
    return new KeyRange(
        Key.wrap(start.toByteArray()), end.isEmpty() ? null : Key.wrap(end.toByteArray()));
  }

  private static Value value(ByteString bytes) {
    return Value.wrap(bytes.toByteArray());
  }

  private static <M, V> List<V> each(List<M> messages, Function<M, V> decode) {
    List<V> values = new ArrayList<>(messages.size());
    for (M message : messages) {
      values.add(decode.apply(message));
    }
    return values;
  }
}
