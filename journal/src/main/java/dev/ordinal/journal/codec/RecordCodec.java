package dev.ordinal.journal.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.ordinal.journal.record.Digest;
import dev.ordinal.journal.record.Effect;
import dev.ordinal.journal.record.JournalRecord;
import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.RecordOrigin;
import dev.ordinal.journal.transaction.Bounds;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.Label;
import dev.ordinal.journal.transaction.Value;
import dev.ordinal.proto.store.v1.Counter;
import dev.ordinal.proto.store.v1.Deleted;
import dev.ordinal.proto.store.v1.Record;

/** Records as the journal keeps them and as subscribers receive them. */
public final class RecordCodec {
  private RecordCodec() {}

  public static byte[] encode(JournalRecord journalRecord) {
    return toMessage(journalRecord).toByteArray();
  }

  /** Throws {@link IllegalArgumentException} if {@code bytes} are not an encoded record. */
  public static JournalRecord decode(byte[] bytes) {
    try {
      return fromMessage(Record.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not an encoded record", e);
    }
  }

  public static Record toMessage(JournalRecord journalRecord) {
    Record.Builder message =
        Record.newBuilder()
            .setOrder(journalRecord.order())
            .setSlot(journalRecord.origin().slot())
            .setBytesBefore(journalRecord.bytesBefore())
            .setSession(journalRecord.origin().session())
            .setSequence(journalRecord.origin().sequence())
            .setClockMillis(journalRecord.origin().clockMillis())
            .setDigest(UnsafeByteOperations.unsafeWrap(journalRecord.digest().bytes()));
    for (Label label : journalRecord.labels()) {
      message.addLabelsBuilder().setName(label.name()).setValue(label.value());
    }
    for (Effect effect : journalRecord.effects()) {
      var kept = message.addEffectsBuilder();
      kept.setKey(UnsafeByteOperations.unsafeWrap(effect.key().bytes()));
      kept.setPriorOrder(effect.priorOrder());
      switch (effect.state()) {
        case KeyState.Stored(Value value) ->
            kept.setValue(UnsafeByteOperations.unsafeWrap(value.bytes()));
        case KeyState.Counter counter -> kept.setCounter(toMessage(counter));
        case KeyState.Deleted() -> kept.setDeleted(Deleted.getDefaultInstance());
      }
    }
    return message.build();
  }

  public static Counter toMessage(KeyState.Counter counter) {
    return Counter.newBuilder()
        .setValue(counter.value())
        .setLow(counter.bounds().low())
        .setHigh(counter.bounds().high())
        .build();
  }

  private static JournalRecord fromMessage(Record message) {
    return new JournalRecord(
        message.getOrder(),
        new RecordOrigin(
            message.getSlot(),
            message.getSession(),
            message.getSequence(),
            message.getClockMillis()),
        message.getLabelsList().stream()
            .map(label -> new Label(label.getName(), label.getValue()))
            .toList(),
        message.getEffectsList().stream().map(RecordCodec::fromMessage).toList(),
        Digest.wrap(message.getDigest().toByteArray()),
        message.getBytesBefore());
  }

  private static Effect fromMessage(dev.ordinal.proto.store.v1.Effect message) {
    KeyState state =
        switch (message.getStateCase()) {
          case VALUE -> new KeyState.Stored(Value.wrap(message.getValue().toByteArray()));
          case COUNTER -> fromMessage(message.getCounter());
          case DELETED -> KeyState.DELETED;
          case STATE_NOT_SET -> throw new IllegalArgumentException("an effect without a state");
        };
    return new Effect(Key.wrap(message.getKey().toByteArray()), state, message.getPriorOrder());
  }

  private static KeyState.Counter fromMessage(Counter counter) {
    return new KeyState.Counter(
        counter.getValue(), new Bounds(counter.getLow(), counter.getHigh()));
  }
}
