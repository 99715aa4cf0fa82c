package dev.ordinal.client;

import dev.ordinal.proto.store.v1.CloseSessionReply;
import dev.ordinal.proto.store.v1.CloseSessionRequest;
import dev.ordinal.proto.store.v1.OpenSession;
import dev.ordinal.proto.store.v1.OpenSessionRequest;
import dev.ordinal.proto.store.v1.StoreGrpc;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The session that new transactions go into; opened on first use. Belongs to the loop. */
final class Sessions {
  private static final long CLOSE_SECONDS_MAX = 1;
  private static final Duration TTL = Duration.ofMinutes(5);

  private final Calls calls;
  private final String name;
  private @Nullable Session session;
  private boolean opening;

  Sessions(Calls calls, String name) {
    this.calls = calls;
    this.name = name;
  }

  /** The session to go into, or null if one must be opened first. */
  @Nullable Session current() {
    return session == null || session.isRetired() ? null : session;
  }

  /** Opens one unless that is under way; one of the two is called on the loop when it ended. */
  void open(Runnable onOpened, Consumer<OrdinalException> onFailed) {
    if (opening) {
      return;
    }
    opening = true;
    OpenSessionRequest request =
        OpenSessionRequest.newBuilder()
            .setSession(
                OpenSession.newBuilder()
                    .setTtlMillis(TTL.toMillis())
                    .setName(name)
                    .setNonce(ThreadLocalRandom.current().nextLong()))
            .build();
    var unused =
        calls
            .call(StoreGrpc.getOpenSessionMethod(), request, Calls.Route.LEADER)
            .whenComplete((reply, failure) -> {
              opening = false;
              if (reply != null) {
                session = new Session(reply.getSession());
                onOpened.run();
              } else {
                onFailed.accept(OrdinalException.of(failure));
              }
            });
  }

  /** Closes the session if every outcome of it is known; ends whether or not that worked. */
  CompletableFuture<Void> close() {
    Session last = current();
    if (last == null) {
      return CompletableFuture.completedFuture(null);
    }
    last.retire();
    CloseSessionRequest request = CloseSessionRequest.newBuilder().setSession(last.id()).build();
    return calls
        .call(StoreGrpc.getCloseSessionMethod(), request, Calls.Route.LEADER)
        .completeOnTimeout(
            CloseSessionReply.getDefaultInstance(), CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
        .handle((reply, failure) -> null);
  }
}
