package dev.ordinal.client;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Unary calls that may be repeated (all but commits): tried on one replica after the other until
 * one answers, the failure is final, or the time is over. Belongs to the loop; futures complete
 * there.
 */
final class Calls {
  /** How long one replica may take before another is asked. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

  private final ClientLoop loop;
  private final Replicas replicas;
  private final Duration timeout;

  Calls(ClientLoop loop, Replicas replicas, Duration timeout) {
    this.loop = loop;
    this.replicas = replicas;
    this.timeout = timeout;
  }

  /** Who can answer. */
  enum Route {
    LEADER,
    ANY
  }

  /** A call to whichever replica can answer it. May be called on any thread. */
  <Q, R> CompletableFuture<R> call(MethodDescriptor<Q, R> method, Q request, Route route) {
    RepeatedCall<Q, R> call = new RepeatedCall<>(method, request, route);
    start(call::attempt, call.future);
    return call.future;
  }

  /** One call to one replica. May be called on any thread. */
  <Q, R> CompletableFuture<R> callAt(String address, MethodDescriptor<Q, R> method, Q request) {
    CompletableFuture<R> future = new CompletableFuture<>();
    Answer<R> answer =
        new Answer<>(
            future::complete,
            status -> future.completeExceptionally(status.failure(address).cause()));
    start(
        () ->
            ClientCalls.asyncUnaryCall(
                replicas.channelAfterFailure(address).newCall(method, deadline(timeout)),
                request,
                answer),
        future);
    return future;
  }

  private void start(Runnable attempt, CompletableFuture<?> future) {
    try {
      loop.run(attempt);
    } catch (RejectedExecutionException e) {
      future.completeExceptionally(
          new OrdinalException(OrdinalException.Kind.CLOSED, "the client is closed"));
    }
  }

  private static CallOptions deadline(Duration after) {
    return CallOptions.DEFAULT.withDeadlineAfter(after.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** One call and its attempts. */
  private final class RepeatedCall<Q, R> {
    private final MethodDescriptor<Q, R> method;
    private final Q request;
    private final Route route;
    private final long deadlineNanos = System.nanoTime() + timeout.toNanos();
    private final Backoff backoff = new Backoff();
    private final CompletableFuture<R> future = new CompletableFuture<>();
    private boolean failedBefore;

    /** Who may know more than the one that was asked last; asked once. */
    private @Nullable String ahead;

    RepeatedCall(MethodDescriptor<Q, R> method, Q request, Route route) {
      this.method = method;
      this.request = request;
      this.route = route;
    }

    void attempt() {
      String usual = route == Route.LEADER ? replicas.leader() : replicas.reader();
      String address = ahead == null ? usual : ahead;
      ahead = null;
      ManagedChannel channel =
          failedBefore ? replicas.channelAfterFailure(address) : replicas.channel(address);
      long nanosLeft = Math.max(1, deadlineNanos - System.nanoTime());
      Duration patience = Duration.ofNanos(Math.min(nanosLeft, ATTEMPT_TIMEOUT.toNanos()));
      ClientCalls.asyncUnaryCall(
          channel.newCall(method, deadline(patience)),
          request,
          new Answer<>(
              future::complete,
              status -> loop.run(() -> onFailure(address, status.failure(address)))));
    }

    private void onFailure(String address, Failure failure) {
      failedBefore = true;
      switch (failure.remedy()) {
        case NONE -> {
          future.completeExceptionally(failure.cause());
          return;
        }
        case ASK_THE_LEADER -> askTheLeader(address, failure.leader());
        case ASK_ANOTHER -> askAnother(address);
        case ASK_WHO_IS_AHEAD -> {
          ahead = failure.leader();
          askAnother(address);
        }
        case WAIT -> {}
      }
      Duration wish = Duration.ofMillis(failure.leader() == null ? failure.retryAfterMillis() : 0);
      Duration pause = backoff.next();
      pause = pause.compareTo(wish) < 0 ? wish : pause;
      if (System.nanoTime() + pause.toNanos() - deadlineNanos >= 0) {
        future.completeExceptionally(failure.cause());
      } else {
        loop.after(pause, this::attempt);
      }
    }

    private void askTheLeader(String address, @Nullable String leader) {
      if (leader == null || leader.equals(address) || route != Route.LEADER) {
        askAnother(address);
      } else {
        replicas.hinted(address, leader);
      }
    }

    private void askAnother(String address) {
      if (route == Route.LEADER) {
        replicas.leaderFailed(address);
      } else {
        replicas.readerFailed(address);
      }
    }
  }

  /** The reply, or how the call failed. */
  private record Answer<R>(Consumer<R> onReply, Consumer<RpcStatus> onFailure)
      implements StreamObserver<R> {
    @Override
    public void onNext(R reply) {
      onReply.accept(reply);
    }

    @Override
    public void onError(Throwable error) {
      onFailure.accept(
          new RpcStatus(Status.fromThrowable(error), Status.trailersFromThrowable(error)));
    }

    @Override
    public void onCompleted() {}
  }
}
