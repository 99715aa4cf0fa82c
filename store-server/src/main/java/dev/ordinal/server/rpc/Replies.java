package dev.ordinal.server.rpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to callers that may have left. */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  /** The same observer; from now on it ignores what is sent after the caller cancelled. */
  static <T> ServerCallStreamObserver<T> forgiving(StreamObserver<T> reply) {
    ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) reply;
    call.setOnCancelHandler(() -> {});
    return call;
  }

  /** Runs {@code action}; what it throws for the caller goes to the caller. */
  static void guarded(StreamObserver<?> reply, Runnable action) {
    try {
      action.run();
    } catch (StatusRuntimeException e) {
      reply.onError(e);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a call failed unexpectedly");
      reply.onError(Errors.unexpected(e));
    }
  }
}
