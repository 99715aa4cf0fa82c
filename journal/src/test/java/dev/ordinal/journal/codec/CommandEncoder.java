package dev.ordinal.journal.codec;

import com.google.protobuf.ByteString;
import dev.ordinal.journal.transaction.Alternative;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Guard;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.Mode;
import dev.ordinal.journal.transaction.Operation;
import dev.ordinal.journal.transaction.Policy;
import dev.ordinal.journal.transaction.Tenure;
import dev.ordinal.journal.transaction.Transaction;
import dev.ordinal.proto.store.v1.Add;
import dev.ordinal.proto.store.v1.CloseSession;
import dev.ordinal.proto.store.v1.CreateCounter;
import dev.ordinal.proto.store.v1.Delete;
import dev.ordinal.proto.store.v1.DeleteRange;
import dev.ordinal.proto.store.v1.GrantLease;
import dev.ordinal.proto.store.v1.OpenSession;
import dev.ordinal.proto.store.v1.Put;
import dev.ordinal.proto.store.v1.RevokeLease;
import dev.ordinal.proto.store.v1.SetBounds;

/** Commands as a client encodes them. */
public final class CommandEncoder {
  private CommandEncoder() {}

  public static byte[] encode(Command command) {
    var message = dev.ordinal.proto.store.v1.Command.newBuilder();
    switch (command) {
      case Command.Submit(Transaction transaction) -> message.setTransaction(encode(transaction));
      case Command.OpenSession(long ttlMillis, String name, long nonce) ->
          message.setOpenSession(
              OpenSession.newBuilder().setTtlMillis(ttlMillis).setName(name).setNonce(nonce));
      case Command.Retain(var change) -> message.setRetention(RetentionCodec.toMessage(change));
      case Command.CloseSession(long session) ->
          message.setCloseSession(CloseSession.newBuilder().setSession(session));
      case Command.GrantLease(long lease, long ttlMillis) ->
          message.setGrantLease(GrantLease.newBuilder().setLease(lease).setTtlMillis(ttlMillis));
      case Command.RevokeLease(long lease) ->
          message.setRevokeLease(RevokeLease.newBuilder().setLease(lease));
      case Command.KeepAlive keepAlive -> {
        return CommandCodec.encode(keepAlive);
      }
      case Command.Tick tick -> {
        return CommandCodec.encode(tick);
      }
      case Command.Barrier barrier ->
          throw new IllegalArgumentException("a barrier has no bytes in the log");
      case Command.Malformed malformed -> {
        return new byte[] {(byte) 0xff};
      }
    }
    return message.build().toByteArray();
  }

  public static dev.ordinal.proto.store.v1.Transaction encode(Transaction transaction) {
    var message =
        dev.ordinal.proto.store.v1.Transaction.newBuilder()
            .setSession(transaction.origin().session())
            .setSequence(transaction.origin().sequence())
            .setAcknowledgedThrough(transaction.origin().acknowledgedThrough())
            .setMode(
                transaction.mode() == Mode.KEYS
                    ? dev.ordinal.proto.store.v1.Mode.KEYS
                    : dev.ordinal.proto.store.v1.Mode.JOURNAL);
    if (transaction.snapshot() != null) {
      message.setHistory(transaction.snapshot().history());
      message.setReadOrder(transaction.snapshot().order());
    }
    switch (transaction.policy()) {
      case Policy.All() -> message.setPolicy(dev.ordinal.proto.store.v1.Policy.ALL);
      case Policy.Incremental() -> message.setPolicy(dev.ordinal.proto.store.v1.Policy.INCREMENTAL);
      case Policy.AtLeast(int count) ->
          message.setPolicy(dev.ordinal.proto.store.v1.Policy.AT_LEAST).setAtLeast(count);
    }
    transaction.groups().forEach(group -> encode(group, message.addGroupsBuilder()));
    transaction
        .labels()
        .forEach(label -> message.addLabelsBuilder().setName(label.name()).setValue(label.value()));
    return message.build();
  }

  private static void encode(Group group, dev.ordinal.proto.store.v1.Group.Builder message) {
    group
        .readKeys()
        .forEach(read -> message.addReadKeysBuilder().setKey(bytes(read.key())).setAt(read.at()));
    group
        .readRanges()
        .forEach(read ->
            message
                .addReadRangesBuilder()
                .setStart(bytes(read.range().start()))
                .setEnd(end(read.range()))
                .setAt(read.at()));
    group.guards().forEach(guard -> message.addGuards(encode(guard)));
    for (Alternative alternative : group.alternatives()) {
      var encoded = message.addAlternativesBuilder();
      alternative.guards().forEach(guard -> encoded.addGuards(encode(guard)));
      alternative.operations().forEach(operation -> encoded.addOperations(encode(operation)));
    }
  }

  private static dev.ordinal.proto.store.v1.Guard encode(Guard guard) {
    var message = dev.ordinal.proto.store.v1.Guard.newBuilder();
    if (guard instanceof Guard.OnKey present) {
      message.setKey(bytes(present.key()));
    }
    switch (guard) {
      case Guard.Exists exists -> message.setExists(true);
      case Guard.Absent absent -> message.setExists(false);
      case Guard.ValueEquals(var key, var value) ->
          message.setValueEquals(ByteString.copyFrom(value.bytes()));
      case Guard.CounterAtLeast(var key, long bound) -> message.setCounterAtLeast(bound);
      case Guard.CounterAtMost(var key, long bound) -> message.setCounterAtMost(bound);
      case Guard.LeaseAlive(long lease) -> message.setLeaseAlive(lease);
    }
    return message.build();
  }

  private static dev.ordinal.proto.store.v1.Operation encode(Operation operation) {
    var message = dev.ordinal.proto.store.v1.Operation.newBuilder();
    switch (operation) {
      case Operation.Put(Key key, var value, boolean blind, Tenure tenure) ->
          message
              .setKey(bytes(key))
              .setBlind(blind)
              .setPut(encode(tenure).setValue(ByteString.copyFrom(value.bytes())));
      case Operation.Delete(Key key, boolean blind) ->
          message.setKey(bytes(key)).setBlind(blind).setDelete(Delete.getDefaultInstance());
      case Operation.DeleteRange(KeyRange range, boolean blind) ->
          message
              .setKey(bytes(range.start()))
              .setBlind(blind)
              .setDeleteRange(DeleteRange.newBuilder().setEnd(end(range)));
      case Operation.Add(Key key, long delta) ->
          message.setKey(bytes(key)).setAdd(Add.newBuilder().setDelta(delta));
      case Operation.CreateCounter(Key key, long initial, var bounds, boolean blind) ->
          message
              .setKey(bytes(key))
              .setBlind(blind)
              .setCreateCounter(
                  CreateCounter.newBuilder()
                      .setInitial(initial)
                      .setLow(bounds.low())
                      .setHigh(bounds.high()));
      case Operation.SetBounds(Key key, var bounds, boolean blind) ->
          message
              .setKey(bytes(key))
              .setBlind(blind)
              .setSetBounds(SetBounds.newBuilder().setLow(bounds.low()).setHigh(bounds.high()));
    }
    return message.build();
  }

  private static Put.Builder encode(Tenure tenure) {
    return switch (tenure) {
      case Tenure.Forever() -> Put.newBuilder();
      case Tenure.Leased(long lease) -> Put.newBuilder().setLease(lease);
      case Tenure.Limited(long ttlMillis) -> Put.newBuilder().setTtlMillis(ttlMillis);
    };
  }

  private static ByteString end(KeyRange range) {
    return range.end() == null ? ByteString.EMPTY : bytes(range.end());
  }

  private static ByteString bytes(Key key) {
    return ByteString.copyFrom(key.bytes());
  }
}
