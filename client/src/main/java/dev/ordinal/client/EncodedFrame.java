package dev.ordinal.client;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import dev.ordinal.proto.store.v1.CommitFrame;
import dev.ordinal.proto.store.v1.CommitReply;
import dev.ordinal.proto.store.v1.CommitReplyFrame;
import dev.ordinal.proto.store.v1.CommitRequest;
import dev.ordinal.proto.store.v1.StoreGrpc;
import dev.ordinal.proto.store.v1.TaggedTransaction;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The bytes of a {@link CommitFrame} or {@link CommitRequest}, put together from transactions that
 * were encoded when they were built: only the session's three fields and the framing are new.
 */
final class EncodedFrame {
  /** {@link StoreGrpc#getCommitStreamMethod} for frames in this form. */
  static final MethodDescriptor<EncodedFrame, CommitReplyFrame> STREAM =
      StoreGrpc.getCommitStreamMethod().toBuilder(
              new FrameMarshaller(), StoreGrpc.getCommitStreamMethod().getResponseMarshaller())
          .build();

  /** {@link StoreGrpc#getCommitMethod} for requests in this form. */
  static final MethodDescriptor<EncodedFrame, CommitReply> UNARY =
      StoreGrpc.getCommitMethod().toBuilder(
              new FrameMarshaller(), StoreGrpc.getCommitMethod().getResponseMarshaller())
          .build();

  private final byte[] bytes;

  private EncodedFrame(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Many transactions in one frame of the stream. */
  static EncodedFrame frame(List<PendingCommit> batch) {
    int size = 0;
    int[] sizes = new int[batch.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = transactionBytes(batch.get(i));
      size += delimited(CommitFrame.TRANSACTIONS_FIELD_NUMBER, tagged(batch.get(i), sizes[i]));
    }
    byte[] bytes = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (int i = 0; i < sizes.length; i++) {
        PendingCommit commit = batch.get(i);
        startDelimited(out, CommitFrame.TRANSACTIONS_FIELD_NUMBER, tagged(commit, sizes[i]));
        out.writeUInt64(TaggedTransaction.TAG_FIELD_NUMBER, commit.tag());
        startDelimited(out, TaggedTransaction.TRANSACTION_FIELD_NUMBER, sizes[i]);
        writeTransaction(out, commit);
      }
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EncodedFrame(bytes);
  }

  /** One transaction as a call of its own. */
  static EncodedFrame request(PendingCommit commit) {
    int size = transactionBytes(commit);
    byte[] bytes = new byte[delimited(CommitRequest.TRANSACTION_FIELD_NUMBER, size)];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      startDelimited(out, CommitRequest.TRANSACTION_FIELD_NUMBER, size);
      writeTransaction(out, commit);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EncodedFrame(bytes);
  }

  /** The size of a transaction with its session's fields. */
  static int transactionBytes(PendingCommit commit) {
    Session session = commit.session();
    int size = commit.encoded().size();
    if (session != null) {
      size += uint64(dev.ordinal.proto.store.v1.Transaction.SESSION_FIELD_NUMBER, session.id());
      size +=
          uint64(dev.ordinal.proto.store.v1.Transaction.SEQUENCE_FIELD_NUMBER, commit.sequence());
      size +=
          uint64(
              dev.ordinal.proto.store.v1.Transaction.ACKNOWLEDGED_THROUGH_FIELD_NUMBER,
              session.acknowledgedThrough());
    }
    return size;
  }

  private static void writeTransaction(CodedOutputStream out, PendingCommit commit)
      throws IOException {
    Session session = commit.session();
    if (session != null) {
      out.writeUInt64(dev.ordinal.proto.store.v1.Transaction.SESSION_FIELD_NUMBER, session.id());
      out.writeUInt64(
          dev.ordinal.proto.store.v1.Transaction.SEQUENCE_FIELD_NUMBER, commit.sequence());
      out.writeUInt64(
          dev.ordinal.proto.store.v1.Transaction.ACKNOWLEDGED_THROUGH_FIELD_NUMBER,
          session.acknowledgedThrough());
    }
    UnsafeByteOperations.unsafeWriteTo(commit.encoded(), out);
  }

  private static int tagged(PendingCommit commit, int transactionBytes) {
    return uint64(TaggedTransaction.TAG_FIELD_NUMBER, commit.tag())
        + delimited(TaggedTransaction.TRANSACTION_FIELD_NUMBER, transactionBytes);
  }

  private static int uint64(int field, long value) {
    return CodedOutputStream.computeUInt64Size(field, value);
  }

  private static int delimited(int field, int bytes) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag(bytes)
        + bytes;
  }

  private static void startDelimited(CodedOutputStream out, int field, int bytes)
      throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(bytes);
  }

  /** Hands the bytes over as they are. */
  private static final class FrameMarshaller implements MethodDescriptor.Marshaller<EncodedFrame> {
    @Override
    public InputStream stream(EncodedFrame frame) {
      return new ByteArrayInputStream(frame.bytes);
    }

    @Override
    public EncodedFrame parse(InputStream stream) {
      throw new UnsupportedOperationException("a client does not receive frames");
    }
  }
}
