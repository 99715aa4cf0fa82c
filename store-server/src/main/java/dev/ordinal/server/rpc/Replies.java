package dev.ordinal.server.rpc;

import dev.ordinal.journal.retention.NotRetained;
import dev.ordinal.journal.store.StorageFailure;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to callers, who may have left, from code that may fail. */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private final Consumer<RuntimeException> failStop;

  /**
   * @param failStop ends the process: the first storage error is the last
   */
  Replies(Consumer<RuntimeException> failStop) {
    this.failStop = failStop;
  }

  /** The same observer; from now on it ignores what is sent after the caller cancelled. */
  static <T> ServerCallStreamObserver<T> forgiving(StreamObserver<T> reply) {
    ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) reply;
    call.setOnCancelHandler(() -> {});
    return call;
  }

  /** Runs {@code action}; what it throws for the caller goes to the caller. */
  void guarded(StreamObserver<?> reply, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      reply.onError(explained(e));
    }
  }

  /** What the caller is told of {@code failure}. */
  StatusRuntimeException explained(RuntimeException failure) {
    return switch (failure) {
      case StatusRuntimeException told -> told;
      case NotRetained trimmed -> Errors.of(trimmed);
      case StorageFailure storage -> {
        failStop.accept(storage);
        yield Errors.unexpected(storage);
      }
      default -> {
        LOG.atError().setCause(failure).log("a call failed unexpectedly");
        yield Errors.unexpected(failure);
      }
    };
  }
}
