package dev.ordinal.server.rpc;

import static dev.ordinal.server.testing.Requests.bytes;
import static dev.ordinal.server.testing.Requests.commit;
import static dev.ordinal.server.testing.Requests.detail;
import static dev.ordinal.server.testing.Requests.put;
import static dev.ordinal.server.testing.Requests.reason;
import static dev.ordinal.server.testing.Requests.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.ordinal.proto.store.v1.Add;
import dev.ordinal.proto.store.v1.CommitReply;
import dev.ordinal.proto.store.v1.Conflict;
import dev.ordinal.proto.store.v1.CreateCounter;
import dev.ordinal.proto.store.v1.Lag;
import dev.ordinal.proto.store.v1.Latest;
import dev.ordinal.proto.store.v1.LimitExceeded;
import dev.ordinal.proto.store.v1.Linearizable;
import dev.ordinal.proto.store.v1.NotLeader;
import dev.ordinal.proto.store.v1.Operation;
import dev.ordinal.proto.store.v1.Range;
import dev.ordinal.proto.store.v1.ReadReply;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.Refusal;
import dev.ordinal.proto.store.v1.Retained;
import dev.ordinal.proto.store.v1.Row;
import dev.ordinal.proto.store.v1.StatusReply;
import dev.ordinal.proto.store.v1.StatusRequest;
import dev.ordinal.proto.store.v1.StoreGrpc;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import dev.ordinal.proto.store.v1.Violation;
import dev.ordinal.server.testing.TestCluster;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What clients can ask of three replicas, and what they hear if it cannot be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreServiceTest {
  private static final long BEYOND = 1_000_000;

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
    long order = committed(put("everywhere", "value"));
    for (int node : cluster.members().nodes()) {
      ReadReply read =
          cluster
              .stub(node)
              .read(ReadRequest.newBuilder().addKeys(bytes("everywhere")).setAt(order).build());
      assertThat(read.getRows(0).getValue()).isEqualTo(bytes("value"));
      assertThat(read.getRows(0).getModifiedAt()).isEqualTo(order);
      assertThat(read.getOrder()).isEqualTo(order);
    }
  }

  @Test
  void aReadAtAnOlderOrderIdSeesTheOlderValue() {
    long before = committed(put("older", "1"));
    committed(put("older", "2"));
    assertThat(read("older", before).getRows(0).getValue()).isEqualTo(bytes("1"));
  }

  @Test
  void aLinearizableReadAtTheLeaderSeesTheLastCommit() {
    long order = committed(put("linear", "value"));
    ReadReply read =
        leader()
            .read(
                ReadRequest.newBuilder()
                    .addKeys(bytes("linear"))
                    .setLinearizable(Linearizable.getDefaultInstance())
                    .build());
    assertThat(read.getOrder()).isGreaterThanOrEqualTo(order);
    assertThat(read.getRows(0).getValue()).isEqualTo(bytes("value"));
  }

  @Test
  void aFollowerSendsCommitsAndLinearizableReadsToTheLeader() {
    int leader = cluster.awaitLeader();
    StoreGrpc.StoreBlockingStub follower = cluster.stub(cluster.aFollower());
    ReadRequest linearizable =
        ReadRequest.newBuilder()
            .addKeys(bytes("key"))
            .setLinearizable(Linearizable.getDefaultInstance())
            .build();
    for (Runnable call :
        List.<Runnable>of(
            () -> follower.commit(commit(transaction(put("key", "value")))),
            () -> follower.read(linearizable))) {
      StatusRuntimeException error = error(call);
      assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      NotLeader hint = detail(error, NotLeader.class);
      assertThat(hint.getLeader().getNode()).isEqualTo(leader);
      assertThat(hint.getLeader().getAddress())
          .isEqualTo(cluster.members().member(leader).clients().toString());
    }
  }

  @Test
  void aReadThatBecameStaleIsAConflictThatNamesTheWinner() {
    long before = committed(put("contended", "1"));
    long winner = committed(put("contended", "2"));
    long history = cluster.status(1).getHistory();
    StatusRuntimeException error =
        error(() ->
            leader()
                .commit(
                    commit(
                        transaction(put("contended", "3"))
                            .setReadOrder(before)
                            .setHistory(history))));
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
    Refusal refusal = detail(error, Conflict.class).getRefusals(0);
    assertThat(refusal.getKind()).isEqualTo(Refusal.Kind.WRITE);
    assertThat(refusal.getKey()).isEqualTo(bytes("contended"));
    assertThat(refusal.getOrder()).isEqualTo(winner);
  }

  @Test
  void whatItReadIsStaleAlreadyTakesNoSlot() {
    long before = committed(put("door", "1"));
    long winner = committed(put("door", "2"));
    StatusReply was = leader().status(StatusRequest.getDefaultInstance());
    StatusRuntimeException error =
        error(() ->
            leader()
                .commit(
                    commit(
                        transaction(put("door", "3"))
                            .setReadOrder(before)
                            .setHistory(was.getHistory()))));
    Conflict conflict = detail(error, Conflict.class);
    assertThat(conflict.getRefusals(0).getOrder()).isEqualTo(winner);
    assertThat(conflict.getCurrentOrder()).isEqualTo(winner);
    StatusReply is = leader().status(StatusRequest.getDefaultInstance());
    assertThat(is.getFigures().getRefusedAtDoor())
        .isEqualTo(was.getFigures().getRefusedAtDoor() + 1);
    assertThat(is.getFigures().getRefused()).isEqualTo(was.getFigures().getRefused());
    assertThat(is.getAppliedSlot()).isEqualTo(was.getAppliedSlot());
  }

  @Test
  void aBoundThatWouldBreakIsAViolationThatSaysByHowMuch() {
    Operation counter =
        Operation.newBuilder()
            .setKey(bytes("escrow"))
            .setCreateCounter(CreateCounter.newBuilder().setInitial(5).setLow(0).setHigh(9))
            .build();
    committed(counter);
    Operation add =
        Operation.newBuilder()
            .setKey(bytes("escrow"))
            .setAdd(Add.newBuilder().setDelta(-8))
            .build();
    StatusRuntimeException error = error(() -> leader().commit(commit(transaction(add))));
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    Refusal refusal = detail(error, Violation.class).getRefusals(0);
    assertThat(refusal.getKind()).isEqualTo(Refusal.Kind.BOUND);
    assertThat(refusal.getShortfall()).isEqualTo(3);
    assertThat(refusal.getPresent()).isEqualTo(5);
  }

  @Test
  void aSnapshotOfAnotherHistoryIsOutOfRange() {
    long order = committed(put("history", "1"));
    StatusRuntimeException error =
        error(() ->
            leader()
                .commit(
                    commit(transaction(put("history", "2")).setReadOrder(order).setHistory(666))));
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(detail(error, Retained.class).getCurrentOrder()).isGreaterThanOrEqualTo(order);

    ReadRequest read =
        ReadRequest.newBuilder()
            .addKeys(bytes("history"))
            .setLatest(Latest.getDefaultInstance())
            .setHistory(666)
            .build();
    assertThat(error(() -> leader().read(read)).getStatus().getCode())
        .isEqualTo(Status.Code.OUT_OF_RANGE);
  }

  @Test
  void theLeaderSaysThatAnOrderIdLiesBeyondTheHead() {
    long head = committed(put("head", "1"));
    ReadRequest read = ReadRequest.newBuilder().addKeys(bytes("head")).setAt(BEYOND).build();
    SubscribeRequest subscribe = SubscribeRequest.newBuilder().setAfterOrder(BEYOND).build();
    StatusRequest status = StatusRequest.newBuilder().setDigestAt(BEYOND).build();
    for (Runnable call :
        List.<Runnable>of(
            () -> leader().read(read),
            () -> leader().readStream(read).next(),
            () -> leader().subscribe(subscribe).next(),
            () -> leader().status(status))) {
      StatusRuntimeException error = error(call);
      assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
      assertThat(reason(error)).isEqualTo("BEYOND_HEAD");
      Retained retained = detail(error, Retained.class);
      assertThat(retained.getWantedOrder()).isEqualTo(BEYOND);
      assertThat(retained.getCurrentOrder()).isGreaterThanOrEqualTo(head);
      assertThat(error)
          .hasMessageContaining("order ID " + BEYOND)
          .hasMessageContaining("0 to " + retained.getCurrentOrder());
    }
  }

  @Test
  void aFollowerWaitsForAnOrderIdAndThenSaysHowFarItIsAndWhoKnowsMore() {
    int leader = cluster.awaitLeader();
    StoreGrpc.StoreBlockingStub follower = cluster.stub(cluster.aFollower());
    ReadRequest read = ReadRequest.newBuilder().addKeys(bytes("head")).setAt(BEYOND).build();
    StatusRuntimeException error =
        error(() -> follower.withDeadlineAfter(2, TimeUnit.SECONDS).read(read));
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(reason(error)).isEqualTo("REPLICA_BEHIND");
    Lag lag = detail(error, Lag.class);
    assertThat(lag.getWantedOrder()).isEqualTo(BEYOND);
    assertThat(lag.getLeader().getNode()).isEqualTo(leader);
    assertThat(error)
        .hasMessageContaining("order ID " + lag.getAppliedOrder())
        .hasMessageContaining("" + BEYOND);
  }

  @Test
  void aKeyOverItsLimitIsNamedWithTheLimit() {
    StatusRuntimeException error =
        error(() -> leader().commit(commit(transaction(put("k".repeat(5_000), "value")))));
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    LimitExceeded limit = detail(error, LimitExceeded.class);
    assertThat(limit.getWhat()).isEqualTo("key bytes");
    assertThat(limit.getValue()).isEqualTo(5_000);
    assertThat(limit.getAllowed()).isEqualTo(4_096);

    ReadRequest read = ReadRequest.newBuilder().addKeys(bytes("k".repeat(5_000))).build();
    assertThat(detail(error(() -> leader().read(read)), LimitExceeded.class).getWhat())
        .isEqualTo("key bytes");
  }

  @Test
  void aTransactionOverItsLimitIsRefused() {
    Operation[] operations =
        IntStream.range(0, 4_097)
            .mapToObj(i -> put("limit/" + i, "value"))
            .toArray(Operation[]::new);
    StatusRuntimeException error = error(() -> leader().commit(commit(transaction(operations))));
    assertThat(detail(error, LimitExceeded.class).getWhat()).isEqualTo("operations");
  }

  @Test
  void readsThatMakeNoSenseAreRefusedWithAReason() {
    Range inverted = Range.newBuilder().setStart(bytes("b")).setEnd(bytes("a")).build();
    assertThat(refused(ReadRequest.newBuilder().setRange(inverted))).isEqualTo("RANGE_INVERTED");
    assertThat(refused(ReadRequest.newBuilder())).isEqualTo("KEYS_OR_RANGE");
    assertThat(
            refused(
                ReadRequest.newBuilder().addKeys(bytes("a")).setRange(Range.getDefaultInstance())))
        .isEqualTo("KEYS_OR_RANGE");
    assertThat(refused(ReadRequest.newBuilder().addKeys(ByteString.EMPTY))).isEqualTo("EMPTY_KEY");
    assertThat(refused(ReadRequest.newBuilder().addKeys(bytes("a")).setAt(-1)))
        .isEqualTo("ORDER_ID_OUT_OF_RANGE");
    assertThat(refused(ReadRequest.newBuilder().addKeys(bytes("a")).setContinuation(bytes("a"))))
        .isEqualTo("CONTINUATION_WITHOUT_AT");
    assertThat(reason(error(() -> leader().commit(commit(transaction().clearGroups())))))
        .isEqualTo("MALFORMED");
  }

  @Test
  void pagesOfARangeContinueWhereTheLastOneEnded() {
    Operation[] rows =
        IntStream.range(0, 25)
            .mapToObj(i -> put("page/%02d".formatted(i), "value " + i))
            .toArray(Operation[]::new);
    long order = committed(rows);
    committed(put("page/00x", "later"));
    ReadRequest.Builder request =
        ReadRequest.newBuilder()
            .setRange(Range.newBuilder().setStart(bytes("page/")).setEnd(bytes("page0")))
            .setAt(order)
            .setLimit(10);
    List<String> keys = new ArrayList<>();
    ReadReply page;
    int pages = 0;
    do {
      page = leader().read(request.build());
      page.getRowsList().forEach(row -> keys.add(row.getKey().toStringUtf8()));
      request.setContinuation(page.getContinuation());
      pages++;
    } while (!page.getContinuation().isEmpty());
    assertThat(keys).hasSize(25).isSorted().doesNotContain("page/00x");
    assertThat(pages).isEqualTo(3);

    List<Row> streamed = new ArrayList<>();
    leader()
        .readStream(request.clearContinuation().setKeysOnly(true).build())
        .forEachRemaining(reply -> streamed.addAll(reply.getRowsList()));
    assertThat(streamed).hasSize(25).noneMatch(Row::hasValue);
  }

  @Test
  void everyReplicaHasTheSameDigestAtTheSameOrderId() {
    long order = committed(put("digest", "value"));
    StatusRequest request = StatusRequest.newBuilder().setDigestAt(order).build();
    List<ByteString> digests = new ArrayList<>();
    for (int node : cluster.members().nodes()) {
      StatusReply status = cluster.stub(node).status(request);
      assertThat(status.getNode()).isEqualTo(node);
      assertThat(status.getMembersCount()).isEqualTo(3);
      digests.add(status.getDigest());
    }
    assertThat(digests.stream().distinct()).hasSize(1);
    assertThat(digests.getFirst().size()).isEqualTo(32);
  }

  private long committed(Operation... operations) {
    CommitReply reply = leader().commit(commit(transaction(operations)));
    return reply.getCommitted().getOrder();
  }

  private ReadReply read(String key, long at) {
    return leader().read(ReadRequest.newBuilder().addKeys(bytes(key)).setAt(at).build());
  }

  private String refused(ReadRequest.Builder request) {
    StatusRuntimeException error = error(() -> leader().read(request.build()));
    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    return reason(error);
  }

  private StoreGrpc.StoreBlockingStub leader() {
    return cluster.stub(cluster.awaitLeader());
  }

  private static StatusRuntimeException error(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run);
  }
}
