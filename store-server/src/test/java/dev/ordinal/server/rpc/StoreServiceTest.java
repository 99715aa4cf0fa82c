package dev.ordinal.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.ordinal.proto.store.v1.Alternative;
import dev.ordinal.proto.store.v1.CommitReply;
import dev.ordinal.proto.store.v1.CommitRequest;
import dev.ordinal.proto.store.v1.Group;
import dev.ordinal.proto.store.v1.Operation;
import dev.ordinal.proto.store.v1.Put;
import dev.ordinal.proto.store.v1.ReadReply;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.Transaction;
import dev.ordinal.server.testing.TestCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What clients can ask of three replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreServiceTest {
  private TestCluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) {
    cluster = TestCluster.start(folder, 3);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void whatIsCommittedCanBeReadAtItsOrderIdOnEveryReplica() {
    CommitReply reply = cluster.stub(cluster.awaitLeader()).commit(put("read/key", "value"));
    for (int node : cluster.members().nodes()) {
      ReadReply read =
          cluster
              .stub(node)
              .read(
                  ReadRequest.newBuilder()
                      .addKeys(bytes("read/key"))
                      .setAt(reply.getCommitted().getOrder())
                      .build());
      assertThat(read.getRows(0).getValue()).isEqualTo(bytes("value"));
      assertThat(read.getOrder()).isEqualTo(reply.getCommitted().getOrder());
    }
  }

  static CommitRequest put(String key, String value) {
    return CommitRequest.newBuilder()
        .setTransaction(
            Transaction.newBuilder()
                .addGroups(
                    Group.newBuilder()
                        .addAlternatives(
                            Alternative.newBuilder()
                                .addOperations(
                                    Operation.newBuilder()
                                        .setKey(bytes(key))
                                        .setPut(Put.newBuilder().setValue(bytes(value)))))))
        .build();
  }

  static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
