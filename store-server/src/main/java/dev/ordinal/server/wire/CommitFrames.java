package dev.ordinal.server.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.proto.store.v1.Command;
import dev.ordinal.proto.store.v1.CommitFrame;
import dev.ordinal.proto.store.v1.CommitRequest;
import dev.ordinal.proto.store.v1.TaggedTransaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the transactions out of requests without decoding them, and makes each a command of the log:
 * on the wire an embedded message is its bytes behind a tag and a length.
 */
public final class CommitFrames {
  private static final int TRANSACTIONS = lengthDelimited(CommitFrame.TRANSACTIONS_FIELD_NUMBER);
  private static final int TAG = varint(TaggedTransaction.TAG_FIELD_NUMBER);
  private static final int TRANSACTION =
      lengthDelimited(TaggedTransaction.TRANSACTION_FIELD_NUMBER);
  private static final int REQUESTED = lengthDelimited(CommitRequest.TRANSACTION_FIELD_NUMBER);
  private static final int COMMANDED = lengthDelimited(Command.TRANSACTION_FIELD_NUMBER);

  private CommitFrames() {}

  /** One transaction of a frame, as a command of the log. */
  public record Submission(long tag, Payload command) {}

  /** Throws {@link InvalidProtocolBufferException} if {@code frame} is no {@link CommitFrame}. */
  public static List<Submission> ofFrame(byte[] frame) throws InvalidProtocolBufferException {
    CodedInputStream in = CodedInputStream.newInstance(frame);
    List<Submission> submissions = new ArrayList<>();
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == TRANSACTIONS) {
          int outer = in.pushLimit(in.readRawVarint32());
          submissions.add(submission(in, frame));
          in.popLimit(outer);
        } else {
          in.skipField(tag);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
    return submissions;
  }

  private static Submission submission(CodedInputStream in, byte[] frame) throws IOException {
    long id = 0;
    Payload command = command(frame, 0, 0);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == TAG) {
        id = in.readUInt64();
      } else if (tag == TRANSACTION) {
        int length = in.readRawVarint32();
        int start = in.getTotalBytesRead();
        in.skipRawBytes(length);
        command = command(frame, start, length);
      } else {
        in.skipField(tag);
      }
    }
    return new Submission(id, command);
  }

  /** The command of a {@link CommitRequest}: the very same bytes, where nothing else is in it. */
  public static Payload ofRequest(byte[] request) throws InvalidProtocolBufferException {
    CodedInputStream in = CodedInputStream.newInstance(request);
    Payload command = command(request, 0, 0);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == REQUESTED) {
          int length = in.readRawVarint32();
          int start = in.getTotalBytesRead();
          in.skipRawBytes(length);
          command = command(request, start, length);
        } else {
          in.skipField(tag);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
    return command;
  }

  private static Payload command(byte[] from, int start, int length) {
    byte[] header = new byte[1 + CodedOutputStream.computeUInt32SizeNoTag(length)];
    CodedOutputStream out = CodedOutputStream.newInstance(header);
    try {
      out.writeUInt32NoTag(COMMANDED);
      out.writeUInt32NoTag(length);
    } catch (IOException e) {
      throw new IllegalStateException("a tag and a length fit their array", e);
    }
    byte[] command = new byte[header.length + length];
    System.arraycopy(header, 0, command, 0, header.length);
    System.arraycopy(from, start, command, header.length, length);
    return Payload.wrap(command);
  }

  private static int lengthDelimited(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  private static int varint(int field) {
    return field << 3 | WireFormat.WIRETYPE_VARINT;
  }
}
