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

import dev.ordinal.proto.store.v1.ChangeRetentionRequest;
import dev.ordinal.proto.store.v1.MoveFloor;
import dev.ordinal.proto.store.v1.PlaceHold;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.ReleaseHold;
import dev.ordinal.proto.store.v1.Retained;
import dev.ordinal.proto.store.v1.RetentionChange;
import dev.ordinal.proto.store.v1.RetentionGrpc;
import dev.ordinal.proto.store.v1.RetentionPolicy;
import dev.ordinal.proto.store.v1.RetentionReply;
import dev.ordinal.proto.store.v1.ShowRetentionRequest;
import dev.ordinal.proto.store.v1.StatusRequest;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import dev.ordinal.server.testing.TestCluster;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
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
      moveFloor(cluster, leader, floor);
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

  private static void moveFloor(TestCluster cluster, int leader, long order) {
    var _ =
        retention(cluster, leader)
            .change(change(c -> c.setMoveFloor(MoveFloor.newBuilder().setOrder(order))));
  }

  @Test
  void theLeaderMovesTheFloorAsThePolicySaysButNeverAboveAHold(@TempDir Path folder) {
    try (TestCluster cluster = TestCluster.start(folder, 3)) {
      int leader = cluster.awaitLeader();
      for (int i = 0; i < 40; i++) {
        var _ = committed(cluster, leader, "before-" + i);
      }
      long held = committed(cluster, leader, "held");
      var _ = retention(cluster, leader).change(change(c -> c.setPlaceHold(hold(held))));
      var _ = retention(cluster, leader).change(change(c -> c.setPolicy(orders(10))));
      long last = held;
      for (int i = 0; i < 60; i++) {
        last = committed(cluster, leader, "value-" + i);
      }
      for (int node : cluster.members().nodes()) {
        await().until(() -> cluster.status(node).getFloor() == held);
      }
      RetentionReply released =
          retention(cluster, leader)
              .change(change(c -> c.setReleaseHold(ReleaseHold.newBuilder().setName("backup"))));
      assertThat(released.getHoldsList()).isEmpty();
      long least = last - 11;
      for (int node : cluster.members().nodes()) {
        await().until(() -> cluster.status(node).getFloor() >= least);
        RetentionReply shown =
            retention(cluster, node).show(ShowRetentionRequest.getDefaultInstance());
        assertThat(shown.getNode()).isEqualTo(node);
        assertThat(shown.getPolicy().getOrdersMax()).isEqualTo(10);
        assertThat(shown.getFloor()).isLessThanOrEqualTo(last - 10);
        assertThat(shown.getCollection().getThrough()).isLessThanOrEqualTo(shown.getFloor());
      }
    }
  }

  @Test
  void aHoldBelowTheFloorIsRefusedWithWhatIsRetained(@TempDir Path folder) {
    try (TestCluster cluster = TestCluster.start(folder, 1)) {
      int leader = cluster.awaitLeader();
      long first = committed(cluster, leader, "value");
      long last = committed(cluster, leader, "value");
      moveFloor(cluster, leader, last);
      ChangeRetentionRequest below = change(c -> c.setPlaceHold(hold(first)));
      StatusRuntimeException error =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> retention(cluster, leader).change(below));
      assertThat(reason(error)).isEqualTo("NOT_RETAINED");
      assertThat(detail(error, Retained.class).getFloor()).isEqualTo(last);
      ChangeRetentionRequest nameless =
          change(c -> c.setPlaceHold(PlaceHold.newBuilder().setOrder(1)));
      StatusRuntimeException malformed =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> retention(cluster, leader).change(nameless));
      assertThat(malformed).hasMessageContaining("a hold needs a name");
    }
  }

  private static long committed(TestCluster cluster, int leader, String value) {
    return cluster
        .stub(leader)
        .commit(commit(transaction(put("key", value))))
        .getCommitted()
        .getOrder();
  }

  private static RetentionGrpc.RetentionBlockingStub retention(TestCluster cluster, int node) {
    return RetentionGrpc.newBlockingStub(cluster.channel(node))
        .withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  private static ChangeRetentionRequest change(UnaryOperator<RetentionChange.Builder> change) {
    return ChangeRetentionRequest.newBuilder()
        .setChange(change.apply(RetentionChange.newBuilder()))
        .build();
  }

  private static PlaceHold.Builder hold(long order) {
    return PlaceHold.newBuilder().setName("backup").setOrder(order);
  }

  private static RetentionPolicy.Builder orders(long max) {
    return RetentionPolicy.newBuilder().setOrdersMax(max);
  }
}
