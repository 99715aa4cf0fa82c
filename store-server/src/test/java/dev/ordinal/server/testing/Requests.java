package dev.ordinal.server.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import dev.ordinal.proto.store.v1.Alternative;
import dev.ordinal.proto.store.v1.CommitRequest;
import dev.ordinal.proto.store.v1.Group;
import dev.ordinal.proto.store.v1.Operation;
import dev.ordinal.proto.store.v1.Put;
import dev.ordinal.proto.store.v1.Transaction;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Arrays;
import java.util.Objects;

/** Small requests, and what errors carry. */
public final class Requests {
  private Requests() {}

  public static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  public static Operation put(String key, String value) {
    return Operation.newBuilder()
        .setKey(bytes(key))
        .setPut(Put.newBuilder().setValue(bytes(value)))
        .build();
  }

  /** One group with one alternative, blind as a whole. */
  public static Transaction.Builder transaction(Operation... operations) {
    return Transaction.newBuilder()
        .addGroups(
            Group.newBuilder()
                .addAlternatives(
                    Alternative.newBuilder().addAllOperations(Arrays.asList(operations))));
  }

  public static CommitRequest commit(Transaction.Builder transaction) {
    return CommitRequest.newBuilder().setTransaction(transaction).build();
  }

  /** The detail of this type that {@code error} carries; fails if there is none. */
  public static <T extends Message> T detail(StatusRuntimeException error, Class<T> type) {
    com.google.rpc.Status status = Objects.requireNonNull(StatusProto.fromThrowable(error));
    return status.getDetailsList().stream()
        .filter(any -> any.is(type))
        .map(any -> {
          try {
            return any.unpack(type);
          } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
          }
        })
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s in %s".formatted(type, status)));
  }

  public static String reason(StatusRuntimeException error) {
    return detail(error, ErrorInfo.class).getReason();
  }
}
