package dev.ordinal.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ordinal.proto.store.v1.Command;
import dev.ordinal.proto.store.v1.CommitFrame;
import dev.ordinal.proto.store.v1.CommitRequest;
import dev.ordinal.proto.store.v1.Label;
import dev.ordinal.proto.store.v1.TaggedTransaction;
import dev.ordinal.proto.store.v1.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommitFramesTest {
  @Test
  void aTransactionCutOutIsTheCommandThatEncodesIt() throws InvalidProtocolBufferException {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      CommitFrame.Builder frame = CommitFrame.newBuilder();
      List<Command> commands = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        Transaction transaction = transaction(random);
        frame.addTransactions(
            TaggedTransaction.newBuilder().setTag(random.nextLong()).setTransaction(transaction));
        commands.add(Command.newBuilder().setTransaction(transaction).build());
      }
      List<CommitFrames.Submission> cut = CommitFrames.ofFrame(frame.build().toByteArray());
      assertThat(cut).as("seed %d", seed).hasSameSizeAs(commands);
      for (int i = 0; i < cut.size(); i++) {
        assertThat(cut.get(i).tag()).isEqualTo(frame.getTransactions(i).getTag());
        assertThat(cut.get(i).command().bytes()).isEqualTo(commands.get(i).toByteArray());
      }
    }
  }

  @Test
  void nothingButTheTransactionOfARequestBecomesACommand() throws InvalidProtocolBufferException {
    Transaction transaction = transaction(new Random(1));
    CommitRequest request = CommitRequest.newBuilder().setTransaction(transaction).build();
    Command command = Command.newBuilder().setTransaction(transaction).build();
    assertThat(CommitFrames.ofRequest(request.toByteArray()).bytes())
        .isEqualTo(command.toByteArray());
    byte[] smuggled =
        Command.newBuilder()
            .setCloseSession(dev.ordinal.proto.store.v1.CloseSession.newBuilder().setSession(7))
            .build()
            .toByteArray();
    assertThat(Command.parseFrom(CommitFrames.ofRequest(smuggled).bytes()))
        .isEqualTo(Command.newBuilder().setTransaction(Transaction.getDefaultInstance()).build());
  }

  @Test
  void bytesThatAreNoFrameAreRefused() {
    byte[] cutOff = {10, 100, 1, 2, 3};
    assertThatThrownBy(() -> CommitFrames.ofFrame(cutOff))
        .isInstanceOf(InvalidProtocolBufferException.class);
    assertThatThrownBy(() -> CommitFrames.ofRequest(cutOff))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  private static Transaction transaction(Random random) {
    return Transaction.newBuilder()
        .setSession(random.nextLong())
        .setReadOrder(random.nextInt(1_000))
        .addLabels(Label.newBuilder().setName("n".repeat(random.nextInt(300))))
        .build();
  }
}
