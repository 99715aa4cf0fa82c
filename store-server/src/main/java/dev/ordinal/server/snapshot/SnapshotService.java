package dev.ordinal.server.snapshot;

import com.google.protobuf.UnsafeByteOperations;
import dev.ordinal.proto.peer.v1.Hello;
import dev.ordinal.proto.peer.v1.SnapshotChunk;
import dev.ordinal.proto.peer.v1.SnapshotFileRequest;
import dev.ordinal.proto.peer.v1.SnapshotManifest;
import dev.ordinal.proto.peer.v1.SnapshotRequest;
import dev.ordinal.proto.peer.v1.SnapshotsGrpc;
import dev.ordinal.server.peer.PeerIdentity;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending end. Each file has a thread of its own while it is sent, which waits for the receiver
 * and for the rate; so no more than a few chunks are in memory, whatever the size of the state.
 */
public final class SnapshotService extends SnapshotsGrpc.SnapshotsImplBase
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotService.class);

  /** Small enough that what shares the thread of the sockets does not wait for it. */
  private static final int CHUNK_BYTES = 128 << 10;

  private static final int CALLS_MAX = 8;
  private static final long SWEEP_SECONDS = 10;

  private final PeerIdentity self;
  private final Outgoing outgoing;
  private final ByteRate rate;
  private final Semaphore calls = new Semaphore(CALLS_MAX);
  private final ExecutorService senders =
      Executors.newThreadPerTaskExecutor(
          Thread.ofPlatform().name("snapshot-send-", 0).daemon().factory());
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("snapshot-sweep").daemon().factory());

  /** All receivers together get {@code bytesPerSecond}. */
  public SnapshotService(PeerIdentity self, Outgoing outgoing, long bytesPerSecond) {
    this.self = self;
    this.outgoing = outgoing;
    this.rate = new ByteRate(bytesPerSecond, System::nanoTime);
    var _ =
        sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  private void sweep() {
    try {
      outgoing.sweep();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("could not delete a snapshot");
    }
  }

  /** One call's work, on a thread that may wait. */
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  @Override
  public void offer(SnapshotRequest request, StreamObserver<SnapshotManifest> answer) {
    serve(request.getHello(), answer, () -> offer(request.getSlot(), answer));
  }

  private void offer(long slot, StreamObserver<SnapshotManifest> answer) throws IOException {
    SnapshotManifest manifest = outgoing.offer(slot);
    if (manifest == null) {
      answer.onError(
          Status.UNAVAILABLE
              .withDescription("the state has not come to slot %d".formatted(slot))
              .asRuntimeException());
      return;
    }
    answer.onNext(manifest);
    answer.onCompleted();
  }

  @Override
  public void fetch(SnapshotFileRequest request, StreamObserver<SnapshotChunk> answer) {
    ServerCallStreamObserver<SnapshotChunk> call = (ServerCallStreamObserver<SnapshotChunk>) answer;
    Pace pace = new Pace(call);
    call.setOnReadyHandler(pace::wake);
    call.setOnCancelHandler(pace::wake);
    serve(request.getHello(), call, () -> fetch(request, call, pace));
  }

  private void fetch(
      SnapshotFileRequest request, ServerCallStreamObserver<SnapshotChunk> call, Pace pace)
      throws IOException, InterruptedException {
    Path file = outgoing.file(request.getSnapshot(), request.getFile());
    if (file == null) {
      call.onError(
          Status.NOT_FOUND
              .withDescription("that snapshot is gone: ask for another one")
              .asRuntimeException());
      return;
    }
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(request.getOffset());
      ByteBuffer piece = ByteBuffer.allocate(CHUNK_BYTES);
      while (channel.read(piece) >= 0 && pace.awaitReady()) {
        rate.take(piece.position());
        byte[] content = Arrays.copyOf(piece.array(), piece.position());
        call.onNext(
            SnapshotChunk.newBuilder()
                .setContent(UnsafeByteOperations.unsafeWrap(content))
                .build());
        outgoing.used();
        piece.clear();
      }
    }
    if (!call.isCancelled()) {
      call.onCompleted();
    }
  }

  /** Wakes a sender when its receiver takes more, or has gone. */
  private static final class Pace {
    private final ServerCallStreamObserver<SnapshotChunk> call;

    Pace(ServerCallStreamObserver<SnapshotChunk> call) {
      this.call = call;
    }

    synchronized void wake() {
      notifyAll();
    }

    /** False if nobody receives any more. */
    synchronized boolean awaitReady() throws InterruptedException {
      while (!call.isReady() && !call.isCancelled()) {
        wait();
      }
      return !call.isCancelled();
    }
  }

  private void serve(Hello hello, StreamObserver<?> answer, Work work) {
    String refusal = self.strangeness(hello);
    if (refusal != null) {
      answer.onError(Status.FAILED_PRECONDITION.withDescription(refusal).asRuntimeException());
    } else if (calls.tryAcquire()) {
      senders.execute(() -> perform(answer, work));
    } else {
      answer.onError(
          Status.RESOURCE_EXHAUSTED
              .withDescription("%d files are being sent already".formatted(CALLS_MAX))
              .asRuntimeException());
    }
  }

  private void perform(StreamObserver<?> answer, Work work) {
    Exception failure = null;
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      failure = e;
      LOG.atWarn().setCause(e).log("could not send a snapshot");
    } catch (InterruptedException e) {
      failure = e;
      Thread.currentThread().interrupt();
    } finally {
      calls.release();
    }
    end(answer, failure);
  }

  private static void end(StreamObserver<?> answer, @Nullable Exception failure) {
    boolean over = answer instanceof ServerCallStreamObserver<?> call && call.isCancelled();
    if (failure != null && !over) {
      answer.onError(
          Status.UNAVAILABLE.withDescription(String.valueOf(failure)).asRuntimeException());
    }
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    senders.shutdownNow();
  }
}
