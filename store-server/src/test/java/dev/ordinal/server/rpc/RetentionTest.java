package dev.ordinal.server.rpc;

import static dev.ordinal.server.testing.Requests.bytes;
import static dev.ordinal.server.testing.Requests.commit;
import static dev.ordinal.server.testing.Requests.detail;
import static dev.ordinal.server.testing.Requests.put;
import static dev.ordinal.server.testing.Requests.reason;
import static dev.ordinal.server.testing.Requests.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Payload;
import dev.ordinal.journal.codec.CommandCodec;
import dev.ordinal.journal.codec.RetentionCodec;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.Retained;
import dev.ordinal.proto.store.v1.StatusRequest;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import dev.ordinal.server.replica.Bundle;
import dev.ordinal.server.replica.Caller;
import dev.ordinal.server.testing.TestCluster;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The floor, as callers of any replica meet it. */
class RetentionTest {
  @Test
  void everyReplicaRefusesWhatLiesBelowTheFloorAndSaysWhatIsRetained(@TempDir Path folder) {
    try (TestCluster cluster = TestCluster.start(folder, 3)) {
      int leader = cluster.awaitLeader();
      long last = 0;
      for (int i = 1; i <= 5; i++) {
        last =
            cluster
                .stub(leader)
                .commit(commit(transaction(put("key", "value-" + i))))
                .getCommitted()
                .getOrder();
      }
      long floor = last - 1;
      assertThat(moveFloor(cluster, leader, floor)).isEqualTo(new Outcome.Retains(floor));
      for (int node : cluster.members().nodes()) {
        await().until(() -> cluster.status(node).getFloor() == floor);
        ReadRequest at = ReadRequest.newBuilder().addKeys(bytes("key")).setAt(floor).build();
        assertThat(cluster.stub(node).read(at).getRows(0).getValue()).isEqualTo(bytes("value-4"));
        refuses(cluster, node, floor, last);
      }
    }
  }

  private static void refuses(TestCluster cluster, int node, long floor, long last) {
    long below = floor - 1;
    ReadRequest read = ReadRequest.newBuilder().addKeys(bytes("key")).setAt(below).build();
    for (Runnable call :
        List.<Runnable>of(
            () -> cluster.stub(node).read(read),
            () -> cluster.stub(node).readStream(read).next(),
            () -> cluster.stub(node).status(status(below)),
            () -> cluster.stub(node).subscribe(subscribe(below)).next())) {
      StatusRuntimeException error = catchThrowableOfType(StatusRuntimeException.class, call::run);
      assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
      assertThat(reason(error)).isEqualTo("NOT_RETAINED");
      Retained retained = detail(error, Retained.class);
      assertThat(retained.getWantedOrder()).isEqualTo(below);
      assertThat(retained.getFloor()).isEqualTo(floor);
      assertThat(retained.getCurrentOrder()).isEqualTo(last);
    }
  }

  private static StatusRequest status(long digestAt) {
    return StatusRequest.newBuilder().setDigestAt(digestAt).build();
  }

  private static SubscribeRequest subscribe(long after) {
    return SubscribeRequest.newBuilder().setAfterOrder(after).build();
  }

  private static Outcome moveFloor(TestCluster cluster, int leader, long order) {
    byte[] command = RetentionCodec.command(new RetentionChange.MoveFloor(order));
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    cluster
        .server(leader)
        .replica()
        .propose(
            Payload.wrap(command),
            CommandCodec.decode(command),
            new Caller() {
              @Override
              public Bundle decided(Outcome decided) {
                outcome.complete(decided);
                return Bundle.NONE;
              }

              @Override
              public void refused(Verdict verdict) {
                outcome.completeExceptionally(new AssertionError(verdict.toString()));
              }
            });
    return outcome.join();
  }
}
