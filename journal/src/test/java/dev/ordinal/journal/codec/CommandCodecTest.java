package dev.ordinal.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.proto.store.v1.Alternative;
import dev.ordinal.proto.store.v1.Group;
import dev.ordinal.proto.store.v1.OpenSession;
import dev.ordinal.proto.store.v1.Operation;
import dev.ordinal.proto.store.v1.Policy;
import dev.ordinal.proto.store.v1.Put;
import dev.ordinal.proto.store.v1.ReadRange;
import dev.ordinal.proto.store.v1.Transaction;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Decoding is total: whatever the bytes, there is a command, and it is always the same one. */
final class CommandCodecTest {
  private static final ByteString KEY = ByteString.copyFromUtf8("k");

  @Test
  void aTransactionGoesIntoTheLogAsItWasSent() {
    Transaction sent = put(KEY, "v").build();

    Command fromTheLog = CommandCodec.decode(CommandCodec.submit(sent.toByteString()));

    assertThat(fromTheLog).isInstanceOf(Command.Submit.class).isEqualTo(CommandCodec.decode(sent));
  }

  @Test
  void bytesThatAreNoCommandAreMalformed() {
    assertThat(reason(CommandCodec.decode(new byte[] {(byte) 0xff})))
        .isEqualTo("not an encoded command");
    assertThat(reason(CommandCodec.decode(new byte[0])))
        .isEqualTo("a command needs a kind that is known here");
  }

  @Test
  void damagedBytesNeverThrow() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    byte[] good = CommandCodec.submit(put(KEY, "value").setReadOrder(7).build().toByteString());
    for (int i = 0; i < 50_000; i++) {
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      assertThat(CommandCodec.decode(bad)).isEqualTo(CommandCodec.decode(bad.clone()));
    }
  }

  @Test
  void aBrokenLimitIsNamedWithItsValueAndWhatIsAllowed() {
    ByteString longKey = ByteString.copyFrom(new byte[4097]);
    assertThat(reason(CommandCodec.decode(put(longKey, "v").build())))
        .isEqualTo("key bytes: at most 4096 are allowed, was 4097");

    Transaction.Builder large = put(KEY, "v".repeat(1 << 20));
    assertThat(CommandCodec.decode(large.build())).isInstanceOf(Command.Submit.class);
    large.setGroups(0, put(KEY, "v".repeat((1 << 20) + 1)).getGroups(0));
    assertThat(reason(CommandCodec.decode(large.build())))
        .isEqualTo("value bytes: at most 1048576 are allowed, was 1048577");

    Alternative.Builder many = Alternative.newBuilder();
    for (int i = 0; i < 4097; i++) {
      many.addOperations(operation(KEY, "v"));
    }
    assertThat(reason(CommandCodec.decode(transaction(many).build())))
        .isEqualTo("operations: at most 4096 are allowed, was 4097");

    OpenSession session = OpenSession.newBuilder().setTtlMillis(1).setName("n".repeat(129)).build();
    var open = dev.ordinal.proto.store.v1.Command.newBuilder().setOpenSession(session).build();
    assertThat(reason(CommandCodec.decode(open.toByteArray())))
        .isEqualTo("session name bytes: at most 128 are allowed, was 129");
  }

  /** The reason is part of the outcome, and outcomes are part of the digest. */
  @Test
  void aReasonDoesNotDependOnTheLanguageOfTheHost() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      ByteString longKey = ByteString.copyFrom(new byte[4097]);
      assertThat(reason(CommandCodec.decode(put(longKey, "v").build())))
          .isEqualTo("key bytes: at most 4096 are allowed, was 4097");
      assertThat(reason(CommandCodec.decode(put(KEY, "v").setSession(1).setSequence(0).build())))
          .isEqualTo("acknowledged_through must be below the sequence: 0, sequence 0");
      assertThat(reason(CommandCodec.decode(put(KEY, "v").setPolicy(Policy.AT_LEAST).build())))
          .isEqualTo("at_least must be from 1 to the number of groups, 1, was 0");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatMakesNoSenseIsMalformed() {
    assertThat(reason(CommandCodec.decode(Transaction.getDefaultInstance())))
        .isEqualTo("a transaction needs at least one group, was none");
    assertThat(reason(CommandCodec.decode(put(ByteString.EMPTY, "v").build())))
        .isEqualTo("a key needs at least 1 byte, was empty");
    assertThat(
            reason(
                CommandCodec.decode(
                    put(KEY, "v").setPolicy(Policy.AT_LEAST).setAtLeast(2).build())))
        .isEqualTo("at_least must be from 1 to the number of groups, 1, was 2");
    assertThat(reason(CommandCodec.decode(put(KEY, "v").setSession(1).setSequence(0).build())))
        .isEqualTo("acknowledged_through must be below the sequence: 0, sequence 0");
  }

  @Test
  void aRangeThatEndsBeforeItStartsIsMalformed() {
    Transaction.Builder transaction = put(KEY, "v").setReadOrder(1);
    transaction
        .getGroupsBuilder(0)
        .addReadRanges(
            ReadRange.newBuilder()
                .setStart(ByteString.copyFromUtf8("b"))
                .setEnd(ByteString.copyFromUtf8("a")));

    assertThat(reason(CommandCodec.decode(transaction.build())))
        .isEqualTo("a range must not end before its start: start b, end a");
  }

  @Test
  void readsWithoutASnapshotAreMalformed() {
    Transaction.Builder transaction = put(KEY, "v");
    transaction.getGroupsBuilder(0).addReadKeysBuilder().setKey(KEY).setAt(3);

    assertThat(reason(CommandCodec.decode(transaction.build())))
        .isEqualTo("a transaction with reads needs a read_order, was none");
  }

  private static String reason(Command command) {
    assertThat(command).isInstanceOf(Command.Malformed.class);
    return ((Command.Malformed) command).reason();
  }

  private static Transaction.Builder put(ByteString key, String value) {
    return transaction(Alternative.newBuilder().addOperations(operation(key, value)));
  }

  private static Operation operation(ByteString key, String value) {
    Put put = Put.newBuilder().setValue(ByteString.copyFromUtf8(value)).build();
    return Operation.newBuilder().setKey(key).setPut(put).build();
  }

  private static Transaction.Builder transaction(Alternative.Builder alternative) {
    return Transaction.newBuilder().addGroups(Group.newBuilder().addAlternatives(alternative));
  }
}
