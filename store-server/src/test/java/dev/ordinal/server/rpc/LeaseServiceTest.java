package dev.ordinal.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ordinal.proto.store.v1.KeepAliveReply;
import dev.ordinal.proto.store.v1.KeepAliveRequest;
import dev.ordinal.proto.store.v1.LeaseGrantRequest;
import dev.ordinal.proto.store.v1.LeaseGrpc;
import dev.ordinal.proto.store.v1.LeaseListRequest;
import dev.ordinal.proto.store.v1.LeaseRevokeRequest;
import dev.ordinal.proto.store.v1.LeaseTimeToLiveReply;
import dev.ordinal.proto.store.v1.LeaseTimeToLiveRequest;
import dev.ordinal.proto.store.v1.OpenSession;
import dev.ordinal.proto.store.v1.OpenSessionRequest;
import dev.ordinal.proto.store.v1.Operation;
import dev.ordinal.proto.store.v1.Put;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.server.testing.Requests;
import dev.ordinal.server.testing.TestCluster;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases over real gRPC. */
final class LeaseServiceTest {
  @TempDir static Path folder;
  private static TestCluster cluster;
  private static int leader;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(folder, 3);
    leader = cluster.awaitLeader();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aLeaseIsGrantedLookedUpAndRevokedWithItsKeys() {
    grant(11, 60_000);
    put("a", 11);
    put("b", 11);

    LeaseTimeToLiveReply left = timeToLive(11);
    assertThat(left.getTtlMillis()).isEqualTo(60_000);
    assertThat(left.getRemainingMillis()).isBetween(1L, 60_000L);
    assertThat(left.getKeysList()).containsExactly(Requests.bytes("a"), Requests.bytes("b"));
    assertThat(leases().list(LeaseListRequest.getDefaultInstance()).getLeasesList()).contains(11L);

    assertThat(leases().revoke(revoke(11)).getOrder()).isPositive();
    assertThat(exists("a")).isFalse();
    StatusRuntimeException gone =
        catchThrowableOfType(StatusRuntimeException.class, () -> timeToLive(11));
    assertThat(gone.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(Requests.reason(gone)).isEqualTo("LEASE_UNKNOWN");
  }

  @Test
  void whatNobodyKeepsAliveEndsWithItsKeys() {
    grant(21, 300);
    put("soon", 21);

    await().atMost(20, TimeUnit.SECONDS).until(() -> !exists("soon"));
    assertThatThrownBy(() -> timeToLive(21)).isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void signsOfLifeAreAnsweredAndSayWhatHasEnded() throws InterruptedException {
    grant(31, 60_000);
    long session =
        cluster
            .stub(leader)
            .openSession(
                OpenSessionRequest.newBuilder()
                    .setSession(OpenSession.newBuilder().setTtlMillis(60_000).setNonce(31))
                    .build())
            .getSession();
    Replies replies = new Replies();
    StreamObserver<KeepAliveRequest> stream =
        LeaseGrpc.newStub(cluster.channel(leader)).keepAlive(replies);
    stream.onNext(
        KeepAliveRequest.newBuilder()
            .addLeases(31)
            .addLeases(32)
            .addSessions(session)
            .addSessions(session + 1000)
            .build());

    assertThat(replies.next())
        .isEqualTo(
            KeepAliveReply.newBuilder()
                .addEndedLeases(32)
                .addEndedSessions(session + 1000)
                .build());
    stream.onNext(KeepAliveRequest.newBuilder().addLeases(31).build());
    assertThat(replies.next()).isEqualTo(KeepAliveReply.getDefaultInstance());
    stream.onCompleted();
  }

  @Test
  void anotherThanTheLeaderNamesTheLeader() {
    int follower = cluster.aFollower();
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                LeaseGrpc.newBlockingStub(cluster.channel(follower))
                    .grant(LeaseGrantRequest.newBuilder().setLease(41).setTtlMillis(1000).build()));

    assertThat(Requests.reason(refused)).isEqualTo("NOT_LEADER");
  }

  @Test
  void aLeaseWithoutATimeToLiveIsMalformed() {
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> grant(51, 0));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  private static LeaseGrpc.LeaseBlockingStub leases() {
    return LeaseGrpc.newBlockingStub(cluster.channel(leader));
  }

  private static void grant(long lease, long ttlMillis) {
    assertThat(
            leases()
                .grant(
                    LeaseGrantRequest.newBuilder().setLease(lease).setTtlMillis(ttlMillis).build())
                .getLease())
        .isEqualTo(lease);
  }

  private static LeaseTimeToLiveReply timeToLive(long lease) {
    return leases()
        .timeToLive(LeaseTimeToLiveRequest.newBuilder().setLease(lease).setKeys(true).build());
  }

  private static LeaseRevokeRequest revoke(long lease) {
    return LeaseRevokeRequest.newBuilder().setLease(lease).build();
  }

  private static void put(String key, long lease) {
    Operation put =
        Operation.newBuilder()
            .setKey(Requests.bytes(key))
            .setPut(Put.newBuilder().setValue(Requests.bytes("1")).setLease(lease))
            .build();
    assertThat(
            cluster
                .stub(leader)
                .commit(Requests.commit(Requests.transaction(put)))
                .getCommitted()
                .getOrder())
        .isPositive();
  }

  private static boolean exists(String key) {
    return cluster
            .stub(leader)
            .read(ReadRequest.newBuilder().addKeys(Requests.bytes(key)).build())
            .getRowsCount()
        > 0;
  }

  /** What came on a stream. */
  private static final class Replies implements StreamObserver<KeepAliveReply> {
    private final BlockingQueue<KeepAliveReply> came = new LinkedBlockingQueue<>();

    KeepAliveReply next() throws InterruptedException {
      KeepAliveReply reply = came.poll(20, TimeUnit.SECONDS);
      if (reply == null) {
        throw new AssertionError("no reply");
      }
      return reply;
    }

    @Override
    public void onNext(KeepAliveReply reply) {
      came.add(reply);
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {}
  }
}
