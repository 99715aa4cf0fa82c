package dev.ordinal.server.peer;

import dev.ordinal.proto.peer.v1.Hello;
import dev.ordinal.proto.peer.v1.PeerFrame;
import dev.ordinal.proto.peer.v1.PeerGrpc;
import dev.ordinal.server.net.EventLoops;
import dev.ordinal.server.net.HostPort;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node that knows nobody finds the others: it says hello to whoever listens at the addresses
 * that it was given, one after the other, and hears who the members are. It goes on while no peer
 * is connected.
 */
final class Introduction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Introduction.class);
  private static final long PAUSE_MILLIS = 300;

  private final PeerIdentity self;
  private final List<HostPort> seeds;
  private final EventLoops loops;
  private final Consumer<Hello> onAnswer;
  private int next;
  private String lastProblem = "";
  private @Nullable ManagedChannel channel;
  private @Nullable Future<?> repeating;

  Introduction(
      PeerIdentity self, List<HostPort> seeds, EventLoops loops, Consumer<Hello> onAnswer) {
    this.self = self;
    this.seeds = List.copyOf(seeds);
    this.loops = loops;
    this.onAnswer = onAnswer;
  }

  synchronized void start(BooleanSupplier isConnected) {
    repeating =
        loops
            .timer()
            .scheduleWithFixedDelay(
                () -> {
                  if (!isConnected.getAsBoolean()) {
                    dial();
                  }
                },
                0,
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  private synchronized void dial() {
    hangUp();
    if (repeating != null && repeating.isCancelled()) {
      return;
    }
    HostPort seed = seeds.get(next % seeds.size());
    next++;
    ManagedChannel dialled = loops.dial(seed, PeerNetwork.MESSAGE_BYTES_MAX);
    channel = dialled;
    ClientCall<PeerFrame, PeerFrame> call =
        dialled.newCall(PeerGrpc.getTalkMethod(), CallOptions.DEFAULT);
    call.start(new Answer(seed), new Metadata());
    call.request(1);
    Hello hello = self.hello(PeerIdentity.ANYBODY, Lane.CONTROL);
    call.sendMessage(PeerFrame.newBuilder().setHello(hello).build());
  }

  private final class Answer extends ClientCall.Listener<PeerFrame> {
    private final HostPort seed;

    Answer(HostPort seed) {
      this.seed = seed;
    }

    @Override
    public void onMessage(PeerFrame frame) {
      onAnswer.accept(frame.getHello());
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      problem(seed, status);
    }
  }

  /** Refusals repeat: one line is enough. */
  private synchronized void problem(HostPort seed, Status status) {
    String problem = seed + ": " + status.getDescription();
    if (status.getCode() == Status.Code.FAILED_PRECONDITION && !problem.equals(lastProblem)) {
      lastProblem = problem;
      LOG.error("refused by the node at {}: this node {}", seed, status.getDescription());
    }
  }

  private void hangUp() {
    if (channel != null) {
      channel.shutdownNow();
      channel = null;
    }
  }

  @Override
  public synchronized void close() {
    if (repeating != null) {
      repeating.cancel(false);
    }
    hangUp();
  }
}
