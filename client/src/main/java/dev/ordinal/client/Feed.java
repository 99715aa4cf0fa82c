package dev.ordinal.client;

import dev.ordinal.proto.store.v1.StoreGrpc;
import dev.ordinal.proto.store.v1.SubscribeReply;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one subscription open, on one replica after the other, and hands what it delivers to its
 * {@link Follower} on a thread of its own.
 */
final class Feed {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final ClientLoop loop;
  private final Replicas replicas;
  private final Follower follower;
  private final ScheduledThreadPoolExecutor thread;
  private final Backoff backoff = new Backoff();
  private volatile boolean closed;
  private @Nullable Delivery delivery;

  Feed(ClientLoop loop, Replicas replicas, String name, Follower follower) {
    this.loop = loop;
    this.replicas = replicas;
    this.follower = follower;
    this.thread = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory(name, true));
  }

  /** Who the messages are for; called on the feed's thread. */
  interface Follower {
    /** What to ask for, at the start and after each interruption. */
    SubscribeRequest next();

    void accept(SubscribeReply reply) throws MisfitException;

    /** What came did not fit, or cannot be resumed; false ends the feed. */
    boolean onMisfit(OrdinalException cause);
  }

  void start() {
    run(this::connect);
  }

  /** Runs a task on the feed's thread; not at all once it is closed. */
  boolean run(Runnable task) {
    try {
      thread.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** An executor that never refuses: once it is closed nobody listens. */
  private void runOrDrop(Runnable task) {
    if (!run(task)) {
      LOG.atTrace().log("dropped after close");
    }
  }

  private void connect() {
    SubscribeRequest request = follower.next();
    loop.run(() -> {
      String address = replicas.reader();
      ManagedChannel channel = replicas.channelAfterFailure(address);
      run(() -> subscribe(address, channel, request));
    });
  }

  private void subscribe(String address, ManagedChannel channel, SubscribeRequest request) {
    if (closed) {
      return;
    }
    ClientCall<SubscribeRequest, SubscribeReply> call =
        channel.newCall(
            StoreGrpc.getSubscribeMethod(), CallOptions.DEFAULT.withExecutor(this::runOrDrop));
    Delivery started = new Delivery(address, call);
    delivery = started;
    call.start(started, new Metadata());
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
    var unused =
        thread.schedule(
            () -> leaveIfUnconnected(started, channel),
            CommitPath.STALL.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /**
   * Silence is no sign on a connection, which is kept alive. One that a frozen replica never opened
   * could be waited for without an end.
   */
  private void leaveIfUnconnected(Delivery started, ManagedChannel channel) {
    if (started.ended || channel.getState(false) == ConnectivityState.READY) {
      return;
    }
    started.cancel();
    reconnectLater(started.address);
  }

  private void reconnectLater(String address) {
    if (!closed) {
      loop.run(() -> replicas.readerFailed(address));
      var unused = thread.schedule(this::connect, backoff.next().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void misfit(String address, OrdinalException cause) {
    LOG.atInfo()
        .addKeyValue("replica", address)
        .addKeyValue("reason", cause.getMessage())
        .log("subscription cannot go on as it is");
    if (follower.onMisfit(cause)) {
      reconnectLater(address);
    } else {
      closed = true;
    }
  }

  /** Stops at once; a call to the follower that is under way ends by itself. */
  void close() {
    closed = true;
    run(() -> {
      if (delivery != null) {
        delivery.cancel();
      }
    });
    thread.shutdown();
  }

  /** One call, from its start to its end. */
  private final class Delivery extends ClientCall.Listener<SubscribeReply> {
    private final String address;
    private final ClientCall<SubscribeRequest, SubscribeReply> call;
    private boolean ended;

    Delivery(String address, ClientCall<SubscribeRequest, SubscribeReply> call) {
      this.address = address;
      this.call = call;
    }

    void cancel() {
      ended = true;
      call.cancel("closed by the client", null);
    }

    @Override
    public void onMessage(SubscribeReply reply) {
      if (ended || closed) {
        return;
      }
      try {
        follower.accept(reply);
        backoff.reset();
        call.request(1);
      } catch (MisfitException e) {
        cancel();
        misfit(address, new OrdinalException(String.valueOf(e.getMessage()), e.retained()));
      }
    }

    @Override
    public void onClose(Status status, @Nullable Metadata trailers) {
      if (ended || closed) {
        return;
      }
      ended = true;
      RpcStatus end = new RpcStatus(status, trailers);
      LOG.atDebug()
          .addKeyValue("replica", address)
          .addKeyValue("reason", end.text(address))
          .log("subscription was interrupted");
      if (end.failure(address).remedy() == Failure.Remedy.NONE) {
        misfit(address, end.failure(address).cause());
      } else {
        reconnectLater(address);
      }
    }
  }
}
