package dev.ordinal.server.peer;

import dev.ordinal.proto.peer.v1.Hello;
import dev.ordinal.proto.peer.v1.PeerFrame;
import dev.ordinal.proto.peer.v1.PeerGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane to one peer: dials, says hello, sends, and dials again when the connection breaks. Each
 * attempt has a channel of its own, so that our back-off is the only one.
 *
 * <p>Invariant: {@code attempt} is null only between two attempts and after {@link #close}.
 */
final class PeerLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
  private static final long BACK_OFF_MILLIS_MIN = 20;
  private static final long BACK_OFF_MILLIS_MAX = 1_000;

  private final int peer;
  private final Lane lane;
  private final PeerIdentity self;
  private final Supplier<@Nullable ManagedChannel> dialler;
  private final ScheduledExecutorService timer;
  private final Watch watch;

  private final Outbox outbox = new Outbox();
  private @Nullable Attempt attempt;
  private @Nullable Future<?> redial;
  private long backOffMillis = BACK_OFF_MILLIS_MIN;
  private String lastRefusal = "";
  private boolean closed;

  /** Where a link leads: the peer's number, and one of its lanes. */
  record Destination(int peer, Lane lane) {}

  /** Told of what becomes of a link, outside of its lock. */
  interface Watch {
    /** The peer answered: what is sent from now on is on its way. */
    void greeted(Hello answer);

    /** The connection broke after it had been in use: messages could have been lost. */
    void lost();
  }

  /**
   * @param dialler null if nobody knows where the peer is at present
   */
  PeerLink(
      Destination to,
      PeerIdentity self,
      Supplier<@Nullable ManagedChannel> dialler,
      ScheduledExecutorService timer,
      Watch watch) {
    this.peer = to.peer();
    this.lane = to.lane();
    this.self = self;
    this.dialler = dialler;
    this.timer = timer;
    this.watch = watch;
  }

  synchronized void open() {
    ManagedChannel channel = closed ? null : dialler.get();
    if (channel != null) {
      attempt = new Attempt(channel);
      attempt.begin();
    }
  }

  synchronized boolean isGreeted() {
    return attempt != null && attempt.greeted;
  }

  /** Sends or drops {@code frame}, at once; nothing waits for a peer that is not connected. */
  synchronized void send(PeerFrame frame) {
    if (attempt != null && attempt.greeted && outbox.offer(frame)) {
      attempt.drain();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (redial != null) {
      redial.cancel(false);
    }
    if (attempt != null) {
      attempt.channel.shutdownNow();
      attempt = null;
    }
  }

  private synchronized boolean greeted(Attempt by) {
    if (by != attempt) {
      return false;
    }
    by.greeted = true;
    backOffMillis = BACK_OFF_MILLIS_MIN;
    lastRefusal = "";
    LOG.atDebug().addKeyValue("peer", peer).addKeyValue("lane", lane).log("peer connected");
    return true;
  }

  private synchronized void ready(Attempt by) {
    if (by == attempt && by.greeted) {
      by.drain();
    }
  }

  /** Returns whether messages could have been lost: the connection had been in use. */
  private synchronized boolean ended(Attempt by, Status status) {
    by.channel.shutdownNow();
    if (by != attempt) {
      return false;
    }
    attempt = null;
    outbox.clear();
    explain(status);
    redial = timer.schedule(this::open, backOffMillis, TimeUnit.MILLISECONDS);
    backOffMillis = Math.min(2 * backOffMillis, BACK_OFF_MILLIS_MAX);
    return by.greeted;
  }

  /** A refusal needs a person, and one line is enough to find them; a lost peer is no news. */
  private void explain(Status status) {
    String description = String.valueOf(status.getDescription());
    if (status.getCode() == Status.Code.FAILED_PRECONDITION && !description.equals(lastRefusal)) {
      lastRefusal = description;
      LOG.atError()
          .addKeyValue("peer", peer)
          .addKeyValue("lane", lane)
          .log("refused by a peer: this node {}", description);
    }
  }

  private final class Attempt extends ClientCall.Listener<PeerFrame> {
    private final ManagedChannel channel;
    private final ClientCall<PeerFrame, PeerFrame> call;
    private boolean greeted;

    Attempt(ManagedChannel channel) {
      this.channel = channel;
      this.call = channel.newCall(PeerGrpc.getTalkMethod(), CallOptions.DEFAULT);
    }

    void begin() {
      call.start(this, new Metadata());
      call.request(1);
      call.sendMessage(PeerFrame.newBuilder().setHello(self.hello(peer, lane)).build());
    }

    void drain() {
      while (!outbox.isEmpty() && call.isReady()) {
        PeerFrame frame = outbox.poll();
        if (frame != null) {
          call.sendMessage(frame);
        }
      }
    }

    @Override
    public void onMessage(PeerFrame frame) {
      if (greeted(this)) {
        watch.greeted(frame.getHello());
      }
    }

    @Override
    public void onReady() {
      ready(this);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (ended(this, status)) {
        watch.lost();
      }
    }
  }
}
