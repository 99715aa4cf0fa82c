package dev.ordinal.journal.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ordinal.journal.transaction.Command;
import dev.ordinal.journal.transaction.Limits;
import dev.ordinal.proto.store.v1.KeepAlive;
import dev.ordinal.proto.store.v1.Tick;
import java.io.IOException;

/** Commands as a log entry holds them. */
public final class CommandCodec {
  private CommandCodec() {}

  /**
   * The command that {@code bytes} encode. Total: bytes that are none, or break a limit, are {@link
   * Command.Malformed}, with the same reason on every replica.
   */
  public static Command decode(byte[] bytes) {
    dev.ordinal.proto.store.v1.Command message;
    try {
      message = dev.ordinal.proto.store.v1.Command.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      return new Command.Malformed("not an encoded command");
    }
    return decode(message, bytes.length);
  }

  /**
   * The same for a transaction that came by itself. The door answers {@link Command.Malformed} with
   * an error and lets nothing of it into the log.
   */
  public static Command decode(dev.ordinal.proto.store.v1.Transaction transaction) {
    int frame = CodedOutputStream.computeUInt32SizeNoTag(transaction.getSerializedSize());
    return decode(
        dev.ordinal.proto.store.v1.Command.newBuilder().setTransaction(transaction).build(),
        1 + frame + transaction.getSerializedSize());
  }

  /** The command that submits the transaction with this encoding, which is taken as it is. */
  public static byte[] submit(ByteString transaction) {
    int field = dev.ordinal.proto.store.v1.Command.TRANSACTION_FIELD_NUMBER;
    byte[] bytes = new byte[CodedOutputStream.computeBytesSize(field, transaction)];
    try {
      CodedOutputStream.newInstance(bytes).writeBytes(field, transaction);
    } catch (IOException e) {
      throw new IllegalStateException("an array of the right size is never full", e);
    }
    return bytes;
  }

  public static byte[] encode(Command.KeepAlive command) {
    return dev.ordinal.proto.store.v1.Command.newBuilder()
        .setKeepAlive(
            KeepAlive.newBuilder()
                .addAllLeases(command.leases())
                .addAllSessions(command.sessions()))
        .build()
        .toByteArray();
  }

  public static byte[] encode(Command.Tick tick) {
    return dev.ordinal.proto.store.v1.Command.newBuilder()
        .setTick(
            Tick.newBuilder()
                .setSince(tick.since())
                .setElapsedMillis(tick.elapsedMillis())
                .setGraceMillis(tick.graceMillis()))
        .build()
        .toByteArray();
  }

  private static Command decode(dev.ordinal.proto.store.v1.Command message, int encodedBytes) {
    try {
      Command command = decode(message);
      Limits.Breach breach = Limits.STANDARD.breach(command, encodedBytes);
      return breach == null ? command : new Command.Malformed(breach);
    } catch (IllegalArgumentException e) {
      return new Command.Malformed(String.valueOf(e.getMessage()));
    }
  }

  private static Command decode(dev.ordinal.proto.store.v1.Command message) {
    return switch (message.getKindCase()) {
      case TRANSACTION -> new Command.Submit(TransactionDecoder.decode(message.getTransaction()));
      case OPEN_SESSION -> {
        var open = message.getOpenSession();
        yield new Command.OpenSession(open.getTtlMillis(), open.getName(), open.getNonce());
      }
      case CLOSE_SESSION -> new Command.CloseSession(message.getCloseSession().getSession());
      case GRANT_LEASE -> {
        var grant = message.getGrantLease();
        yield new Command.GrantLease(grant.getLease(), grant.getTtlMillis());
      }
      case REVOKE_LEASE -> new Command.RevokeLease(message.getRevokeLease().getLease());
      case KEEP_ALIVE -> {
        var kept = message.getKeepAlive();
        yield new Command.KeepAlive(kept.getLeasesList(), kept.getSessionsList());
      }
      case TICK -> {
        var tick = message.getTick();
        yield new Command.Tick(tick.getSince(), tick.getElapsedMillis(), tick.getGraceMillis());
      }
      case RETENTION -> new Command.Retain(RetentionCodec.fromMessage(message.getRetention()));
      case KIND_NOT_SET ->
          throw new IllegalArgumentException("a command needs a kind that is known here");
    };
  }
}
