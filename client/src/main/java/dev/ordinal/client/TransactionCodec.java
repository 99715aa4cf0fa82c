package dev.ordinal.client;

import com.google.protobuf.ByteString;
import dev.ordinal.proto.store.v1.Add;
import dev.ordinal.proto.store.v1.CreateCounter;
import dev.ordinal.proto.store.v1.Delete;
import dev.ordinal.proto.store.v1.DeleteRange;
import dev.ordinal.proto.store.v1.Label;
import dev.ordinal.proto.store.v1.Put;
import dev.ordinal.proto.store.v1.ReadKey;
import dev.ordinal.proto.store.v1.ReadRange;
import dev.ordinal.proto.store.v1.SetBounds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a transaction in the form that travels into the log. */
final class TransactionCodec {
  private TransactionCodec() {}

  /** The bytes of fields 4 and up; the session's fields (1 to 3) go before them when it is sent. */
  static ByteString encode(Transaction.Header header, List<Group> groups) {
    var message = dev.ordinal.proto.store.v1.Transaction.newBuilder();
    if (header.readOrder() != null) {
      message.setHistory(header.history().value()).setReadOrder(header.readOrder().value());
    }
    if (header.mode() == Mode.JOURNAL) {
      message.setMode(dev.ordinal.proto.store.v1.Mode.JOURNAL);
    }
    setPolicy(message, header.policy());
    groups.forEach(group -> message.addGroups(group(group)));
    header
        .labels()
        .forEach((name, value) ->
            message.addLabels(Label.newBuilder().setName(name).setValue(value).build()));
    return message.build().toByteString();
  }

  private static void setPolicy(
      dev.ordinal.proto.store.v1.Transaction.Builder message, Policy policy) {
    if (policy instanceof Policy.Incremental) {
      message.setPolicy(dev.ordinal.proto.store.v1.Policy.INCREMENTAL);
    } else if (policy instanceof Policy.AtLeast atLeast) {
      message.setPolicy(dev.ordinal.proto.store.v1.Policy.AT_LEAST).setAtLeast(atLeast.groups());
    }
  }

  private static dev.ordinal.proto.store.v1.Group group(Group group) {
    var message = dev.ordinal.proto.store.v1.Group.newBuilder();
    group.readKeys().forEach(read -> message.addReadKeys(readKey(read)));
    group.readRanges().forEach(read -> message.addReadRanges(readRange(read)));
    group.guards().forEach(guard -> message.addGuards(guard(guard)));
    group.alternatives().forEach(each -> message.addAlternatives(alternative(each)));
    return message.build();
  }

  private static ReadKey readKey(Group.ReadKey read) {
    ReadKey.Builder message = ReadKey.newBuilder().setKey(read.key().bytes());
    if (read.at() != null) {
      message.setAt(read.at().value());
    }
    return message.build();
  }

  private static ReadRange readRange(Group.ReadRange read) {
    ReadRange.Builder message = ReadRange.newBuilder().setStart(read.range().start().bytes());
    if (read.range().end() != null) {
      message.setEnd(read.range().end().bytes());
    }
    if (read.at() != null) {
      message.setAt(read.at().value());
    }
    return message.build();
  }

  private static dev.ordinal.proto.store.v1.Alternative alternative(Alternative alternative) {
    var message = dev.ordinal.proto.store.v1.Alternative.newBuilder();
    alternative.guards().forEach(guard -> message.addGuards(guard(guard)));
    alternative.operations().forEach(each -> message.addOperations(operation(each)));
    return message.build();
  }

  private static dev.ordinal.proto.store.v1.Guard guard(Guard guard) {
    var message = dev.ordinal.proto.store.v1.Guard.newBuilder();
    if (guard instanceof Guard.OnKey present) {
      message.setKey(present.key().bytes());
    }
    if (guard instanceof Guard.LeaseAlive alive) {
      message.setLeaseAlive(alive.lease());
    } else if (guard instanceof Guard.Exists) {
      message.setExists(true);
    } else if (guard instanceof Guard.Absent) {
      message.setExists(false);
    } else if (guard instanceof Guard.ValueEquals equals) {
      message.setValueEquals(equals.value().bytes());
    } else if (guard instanceof Guard.CounterAtLeast atLeast) {
      message.setCounterAtLeast(atLeast.minimum());
    } else if (guard instanceof Guard.CounterAtMost atMost) {
      message.setCounterAtMost(atMost.maximum());
    }
    return message.build();
  }

  private static dev.ordinal.proto.store.v1.Operation operation(Operation operation) {
    var message = dev.ordinal.proto.store.v1.Operation.newBuilder().setKey(operation.key().bytes());
    boolean blind = false;
    if (operation instanceof Operation.Put put) {
      message.setPut(put(put));
      blind = put.blind();
    } else if (operation instanceof Operation.Delete delete) {
      message.setDelete(Delete.getDefaultInstance());
      blind = delete.blind();
    } else if (operation instanceof Operation.DeleteRange delete) {
      message.setDeleteRange(deleteRange(delete.range().end()));
      blind = delete.blind();
    } else if (operation instanceof Operation.Add add) {
      message.setAdd(Add.newBuilder().setDelta(add.delta()));
    } else if (operation instanceof Operation.CreateCounter create) {
      message.setCreateCounter(createCounter(create.counter()));
      blind = create.blind();
    } else if (operation instanceof Operation.SetBounds bounds) {
      message.setSetBounds(SetBounds.newBuilder().setLow(bounds.low()).setHigh(bounds.high()));
      blind = bounds.blind();
    }
    return blind ? message.setBlind(true).build() : message.build();
  }

  private static Put put(Operation.Put put) {
    Put.Builder message = Put.newBuilder().setValue(put.value().bytes());
    if (put.tenure() instanceof Tenure.Leased leased) {
      message.setLease(leased.lease());
    } else if (put.tenure() instanceof Tenure.Limited limited) {
      message.setTtlMillis(limited.ttlMillis());
    }
    return message.build();
  }

  private static DeleteRange deleteRange(@Nullable Key end) {
    return end == null
        ? DeleteRange.getDefaultInstance()
        : DeleteRange.newBuilder().setEnd(end.bytes()).build();
  }

  private static CreateCounter createCounter(Counter counter) {
    return CreateCounter.newBuilder()
        .setInitial(counter.value())
        .setLow(counter.low())
        .setHigh(counter.high())
        .build();
  }
}
