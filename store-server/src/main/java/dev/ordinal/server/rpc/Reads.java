package dev.ordinal.server.rpc;

import dev.ordinal.proto.store.v1.ReadReply;
import dev.ordinal.proto.store.v1.ReadRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** Read and ReadStream. */
final class Reads {
  private final ReadDesk desk;
  private final Pages pages;
  private final ReadPool pool;
  private final Replies replies;

  Reads(ReadDesk desk, Pages pages, ReadPool pool, Replies replies) {
    this.desk = desk;
    this.pages = pages;
    this.pool = pool;
    this.replies = replies;
  }

  void read(ReadRequest request, StreamObserver<ReadReply> observer) {
    ServerCallStreamObserver<ReadReply> reply = Replies.forgiving(observer);
    replies.guarded(
        reply,
        () -> {
          Query query = Query.of(request);
          boolean direct = query.isSmall() && !request.hasLinearizable();
          desk.seek(
              request,
              new ReadDesk.Seeker(order -> answer(query, order, direct, reply), reply::onError));
        });
  }

  /** A small read of what is applied is answered where it came in: a hop costs more than it. */
  private void answer(
      Query query, long order, boolean direct, ServerCallStreamObserver<ReadReply> reply) {
    Runnable read =
        () ->
            replies.guarded(
                reply,
                () -> {
                  reply.onNext(pages.read(query, order));
                  reply.onCompleted();
                });
    if (direct) {
      read.run();
    } else {
      replies.guarded(reply, () -> pool.run(read));
    }
  }

  void readStream(ReadRequest request, StreamObserver<ReadReply> observer) {
    ServerCallStreamObserver<ReadReply> reply = Replies.forgiving(observer);
    PageStream stream = new PageStream(reply);
    reply.setOnReadyHandler(stream::continueReading);
    replies.guarded(
        reply,
        () -> {
          Query query = Query.of(request);
          desk.seek(
              request, new ReadDesk.Seeker(order -> stream.begin(query, order), reply::onError));
        });
  }

  /** One page after another, while the caller reads; at most one thread at a time. */
  private final class PageStream {
    private final ServerCallStreamObserver<ReadReply> reply;
    private @Nullable Query next;
    private long order;
    private boolean reading;

    PageStream(ServerCallStreamObserver<ReadReply> reply) {
      this.reply = reply;
    }

    synchronized void begin(Query query, long at) {
      next = query;
      order = at;
      continueReading();
    }

    synchronized void continueReading() {
      if (next != null && !reading) {
        reading = true;
        replies.guarded(reply, () -> pool.run(() -> replies.guarded(reply, this::sendPages)));
      }
    }

    private void sendPages() {
      for (Query query = ready(); query != null; query = ready()) {
        ReadReply page = pages.read(query, order);
        reply.onNext(page);
        sent(query, page);
      }
    }

    /** Null: the caller does not read at present, has left, or has everything. */
    private synchronized @Nullable Query ready() {
      if (next == null || reply.isCancelled() || !reply.isReady()) {
        reading = false;
        return null;
      }
      return next;
    }

    private synchronized void sent(Query query, ReadReply page) {
      if (page.getContinuation().isEmpty()) {
        next = null;
        reply.onCompleted();
      } else {
        next = query.from(Query.key(page.getContinuation()));
      }
    }
  }
}
