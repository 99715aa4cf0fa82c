package dev.ordinal.server.rpc;

import static dev.ordinal.server.testing.Requests.bytes;
import static dev.ordinal.server.testing.Requests.commit;
import static dev.ordinal.server.testing.Requests.detail;
import static dev.ordinal.server.testing.Requests.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ordinal.proto.store.v1.Add;
import dev.ordinal.proto.store.v1.CloseSessionRequest;
import dev.ordinal.proto.store.v1.CommitReply;
import dev.ordinal.proto.store.v1.CommitRequest;
import dev.ordinal.proto.store.v1.CreateCounter;
import dev.ordinal.proto.store.v1.OpenSession;
import dev.ordinal.proto.store.v1.OpenSessionRequest;
import dev.ordinal.proto.store.v1.Operation;
import dev.ordinal.proto.store.v1.OutcomeUnknown;
import dev.ordinal.proto.store.v1.QueryOutcomeReply;
import dev.ordinal.proto.store.v1.QueryOutcomeRequest;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.StoreGrpc;
import dev.ordinal.server.replica.Counts;
import dev.ordinal.server.testing.TestCluster;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exactly once, whoever leads. */
class SessionTest {
  @Test
  void aRetryAfterTheLeaderStoppedIsAnsweredAndNotRepeated(@TempDir Path folder) {
    try (TestCluster cluster = TestCluster.start(folder, 3)) {
      int first = cluster.awaitLeader();
      long session = open(cluster.stub(first), 4711);
      CommitReply created = cluster.stub(first).commit(counter());
      CommitReply added = cluster.stub(first).commit(addOne(session, 1));
      assertThat(added.getCommitted().getOrder()).isGreaterThan(created.getCommitted().getOrder());

      cluster.stop(first);
      StoreGrpc.StoreBlockingStub second = cluster.stub(cluster.awaitLeader());
      assertThat(second.commit(addOne(session, 1)).getCommitted()).isEqualTo(added.getCommitted());
      assertThat(value(second)).isEqualTo(1);
      assertThat(open(second, 4711)).isEqualTo(session);

      cluster.start(first);
      assertThat(cluster.stub(first).withWaitForReady().read(at(added)).getRows(0).getCounter())
          .matches(counter -> counter.getValue() == 1);
      assertThat(query(cluster, session, 1).getOutcome().getCommitted())
          .isEqualTo(added.getCommitted());
      assertThat(query(cluster, session, 2).hasOutcome()).isFalse();
    }
  }

  /** Its outcome is there to be told, so it needs no slot; nothing was refused. */
  @Test
  void aRetryOfABlindTransactionIsAnsweredAtTheDoor(@TempDir Path folder) {
    try (TestCluster cluster = TestCluster.start(folder, 1)) {
      StoreGrpc.StoreBlockingStub leader = cluster.stub(cluster.awaitLeader());
      Counts counts = cluster.server(1).replica().counts();
      long session = open(leader, 1);
      var _ = leader.commit(counter());
      CommitReply added = leader.commit(addOne(session, 1));
      assertThat(counts.repeatsAtDoor()).isZero();
      await() // while a slot is applied, the door does not wait and lets it pass
          .until(() -> {
            CommitReply again = leader.commit(addOne(session, 1));
            assertThat(again.getCommitted()).isEqualTo(added.getCommitted());
            return counts.repeatsAtDoor() == 1;
          });
      assertThat(counts.refusedAtDoor()).isZero();
      assertThat(value(leader)).isEqualTo(1);
    }
  }

  @Test
  void whatACloseSessionDidIsUnknownAfterwards(@TempDir Path folder) {
    try (TestCluster cluster = TestCluster.start(folder, 1)) {
      StoreGrpc.StoreBlockingStub leader = cluster.stub(cluster.awaitLeader());
      long session = open(leader, 1);
      CloseSessionRequest close = CloseSessionRequest.newBuilder().setSession(session).build();
      assertThat(leader.closeSession(close)).isNotNull();
      assertThat(leader.closeSession(close)).isNotNull();

      StatusRuntimeException error =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> leader.commit(addOne(session, 7)));
      assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      OutcomeUnknown unknown = detail(error, OutcomeUnknown.class);
      assertThat(unknown.getSession()).isEqualTo(session);
      assertThat(unknown.getSequence()).isEqualTo(7);
    }
  }

  private static long open(StoreGrpc.StoreBlockingStub stub, long nonce) {
    OpenSession session =
        OpenSession.newBuilder().setTtlMillis(60_000).setName("test").setNonce(nonce).build();
    return stub.openSession(OpenSessionRequest.newBuilder().setSession(session).build())
        .getSession();
  }

  private static QueryOutcomeReply query(TestCluster cluster, long session, long sequence) {
    return cluster
        .stub(cluster.awaitLeader())
        .queryOutcome(
            QueryOutcomeRequest.newBuilder().setSession(session).setSequence(sequence).build());
  }

  private static CommitRequest counter() {
    return commit(
        transaction(
            Operation.newBuilder()
                .setKey(bytes("count"))
                .setCreateCounter(CreateCounter.newBuilder().setLow(0).setHigh(100))
                .build()));
  }

  private static CommitRequest addOne(long session, long sequence) {
    return commit(
        transaction(
                Operation.newBuilder()
                    .setKey(bytes("count"))
                    .setAdd(Add.newBuilder().setDelta(1))
                    .build())
            .setSession(session)
            .setSequence(sequence));
  }

  private static long value(StoreGrpc.StoreBlockingStub stub) {
    return stub.read(ReadRequest.newBuilder().addKeys(bytes("count")).build())
        .getRows(0)
        .getCounter()
        .getValue();
  }

  private static ReadRequest at(CommitReply reply) {
    return ReadRequest.newBuilder()
        .addKeys(bytes("count"))
        .setAt(reply.getCommitted().getOrder())
        .build();
  }
}
