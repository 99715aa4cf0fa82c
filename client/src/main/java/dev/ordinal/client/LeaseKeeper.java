package dev.ordinal.client;

import dev.ordinal.proto.store.v1.KeepAliveReply;
import dev.ordinal.proto.store.v1.KeepAliveRequest;
import dev.ordinal.proto.store.v1.LeaseGrantRequest;
import dev.ordinal.proto.store.v1.LeaseGrpc;
import dev.ordinal.proto.store.v1.LeaseRevokeRequest;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all leases of a client alive: one stream to the leader, one request at a time with all that
 * are due. Belongs to the loop.
 */
final class LeaseKeeper {
  /** What the store takes in one request. */
  private static final int REQUEST_MAX = 4096;

  /** How often it looks which leases are due, at most; with short times to live more often. */
  private static final Duration LOOK_MAX = Duration.ofMillis(250);

  private static final Duration LOOK_MIN = Duration.ofMillis(10);

  /** Of the shortest time to live. */
  private static final int LOOKS_PER_TTL = 20;

  private final ClientLoop loop;
  private final Replicas replicas;
  private final Calls calls;
  private final Map<Long, HeldLease> leases = new LinkedHashMap<>();
  private final Backoff backoff = new Backoff();
  private Duration look = LOOK_MAX;
  private boolean looking;
  private long notBeforeNanos = System.nanoTime();
  private @Nullable Stream stream;

  LeaseKeeper(ClientLoop loop, Replicas replicas, Calls calls) {
    this.loop = loop;
    this.replicas = replicas;
    this.calls = calls;
  }

  /** May be called on any thread; the future completes on the loop. */
  CompletableFuture<Lease> grant(Duration ttl) {
    long millis = LeaseTimes.checkedMillis(ttl);
    long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    long sentNanos = System.nanoTime();
    LeaseGrantRequest request =
        LeaseGrantRequest.newBuilder().setLease(id).setTtlMillis(millis).build();
    return calls
        .call(LeaseGrpc.getGrantMethod(), request, Calls.Route.LEADER)
        .thenApply(reply -> {
          HeldLease lease = new HeldLease(id, Duration.ofMillis(millis), sentNanos, this::revoke);
          loop.run(() -> keep(lease));
          return lease;
        });
  }

  private void keep(HeldLease lease) {
    leases.put(lease.id(), lease);
    Duration wish = lease.ttl().dividedBy(LOOKS_PER_TTL);
    if (wish.compareTo(look) < 0) {
      look = wish.compareTo(LOOK_MIN) < 0 ? LOOK_MIN : wish;
    }
    if (!looking) {
      looking = true;
      loop.after(look, this::look);
    }
  }

  /** Waits until it has ended, or no replica can be asked. */
  private void revoke(HeldLease lease) {
    loop.checkMayWait();
    lease.lose("closed");
    loop.run(() -> leases.remove(lease.id()));
    LeaseRevokeRequest request = LeaseRevokeRequest.newBuilder().setLease(lease.id()).build();
    loop.awaitRead(
        calls
            .call(LeaseGrpc.getRevokeMethod(), request, Calls.Route.LEADER)
            .handle((reply, failure) -> lease));
  }

  private void look() {
    long now = System.nanoTime();
    for (HeldLease lease : List.copyOf(leases.values())) {
      if (lease.isOver(now)) {
        lose(lease, "no sign of life was acknowledged within its time to live of " + lease.ttl());
      }
    }
    Stream present = stream;
    if (present != null && present.isStalled(now)) {
      present.leave("no answer to signs of life");
    }
    if (now - notBeforeNanos >= 0) {
      sendDue(now);
    }
    looking = !leases.isEmpty();
    if (looking) {
      loop.after(look, this::look);
    } else if (stream != null) {
      stream.finish();
    }
  }

  private void sendDue(long now) {
    if (stream != null && stream.isBusy()) {
      return;
    }
    List<HeldLease> due = new ArrayList<>();
    for (HeldLease lease : leases.values()) {
      if (due.size() < REQUEST_MAX && lease.isDue(now)) {
        due.add(lease);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    if (stream == null || !stream.address.equals(replicas.leader())) {
      if (stream != null) {
        stream.finish();
      }
      stream = new Stream(replicas.leader());
    }
    stream.send(due, now);
  }

  private void lose(HeldLease lease, String why) {
    leases.remove(lease.id());
    lease.lose(why);
  }

  /** From now on no lease counts as held; the store ends them when their time is over. */
  void close() {
    List.copyOf(leases.values()).forEach(lease -> lose(lease, "the client is closed"));
    if (stream != null) {
      stream.finish();
    }
  }

  /** One call to one replica; deaf once it has ended or was left. */
  private final class Stream implements StreamObserver<KeepAliveReply> {
    private final String address;
    private final StreamObserver<KeepAliveRequest> requests;
    private List<HeldLease> asked = List.of();
    private long askedNanos;
    private boolean ended;

    Stream(String address) {
      this.address = address;
      this.requests =
          ClientCalls.asyncBidiStreamingCall(
              replicas
                  .channelAfterFailure(address)
                  .newCall(LeaseGrpc.getKeepAliveMethod(), CallOptions.DEFAULT),
              this);
    }

    boolean isBusy() {
      return !asked.isEmpty();
    }

    boolean isStalled(long now) {
      return isBusy() && now - askedNanos >= CommitPath.STALL.toNanos();
    }

    void send(List<HeldLease> due, long now) {
      asked = due;
      askedNanos = now;
      KeepAliveRequest.Builder request = KeepAliveRequest.newBuilder();
      for (HeldLease lease : due) {
        lease.sent(now);
        request.addLeases(lease.id());
      }
      requests.onNext(request.build());
    }

    @Override
    public void onNext(KeepAliveReply reply) {
      loop.run(() -> answered(reply));
    }

    private void answered(KeepAliveReply reply) {
      if (ended) {
        return;
      }
      List<HeldLease> answered = asked;
      asked = List.of();
      backoff.reset();
      Set<Long> over = new HashSet<>(reply.getEndedLeasesList());
      for (HeldLease lease : answered) {
        if (over.contains(lease.id())) {
          lose(lease, "it has ended in the store");
        } else {
          lease.acknowledged(askedNanos);
        }
      }
      sendDue(System.nanoTime());
    }

    @Override
    public void onError(Throwable error) {
      RpcStatus status =
          new RpcStatus(Status.fromThrowable(error), Status.trailersFromThrowable(error));
      loop.run(() -> failed(status.failure(address)));
    }

    private void failed(Failure failure) {
      if (ended) {
        return;
      }
      String leader = failure.leader();
      if (failure.remedy() == Failure.Remedy.ASK_THE_LEADER
          && leader != null
          && !leader.equals(address)) {
        replicas.hinted(address, leader);
      } else if (failure.remedy() != Failure.Remedy.WAIT) {
        replicas.leaderFailed(address);
      }
      drop();
    }

    @Override
    public void onCompleted() {
      loop.run(() -> {
        if (!ended) {
          drop();
        }
      });
    }

    private void drop() {
      ended = true;
      asked.forEach(HeldLease::unanswered);
      asked = List.of();
      notBeforeNanos = System.nanoTime() + backoff.next().toNanos();
      if (this == stream) {
        stream = null;
      }
    }

    void leave(String why) {
      replicas.leaderFailed(address);
      drop();
      requests.onError(Status.CANCELLED.withDescription(why).asException());
    }

    void finish() {
      ended = true;
      asked.forEach(HeldLease::unanswered);
      asked = List.of();
      if (this == stream) {
        stream = null;
      }
      requests.onCompleted();
    }
  }
}
