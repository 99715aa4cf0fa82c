package dev.ordinal.server.rpc;

import dev.ordinal.journal.Journal;
import dev.ordinal.journal.feed.Selection;
import dev.ordinal.journal.feed.Subscription;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.SubscribeReply;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import dev.ordinal.server.replica.StoreReplica;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Subscribe. */
final class Subscriptions {
  private static final int PREFIXES_MAX = 256;

  private final StoreReplica replica;
  private final ReadDesk desk;
  private final FeedThread feed;
  private final Replies replies;

  Subscriptions(StoreReplica replica, ReadDesk desk, FeedThread feed, Replies replies) {
    this.replica = replica;
    this.desk = desk;
    this.feed = feed;
    this.replies = replies;
  }

  /** Begins where the subscriber left off, once this replica has got there itself. */
  void subscribe(SubscribeRequest request, StreamObserver<SubscribeReply> observer) {
    ServerCallStreamObserver<SubscribeReply> reply = Replies.forgiving(observer);
    reply.setOnReadyHandler(feed::wake);
    replies.guarded(
        reply,
        () -> {
          feed.requireRoom();
          Selection selection = selection(request);
          ReadRequest.Builder from = ReadRequest.newBuilder().setHistory(request.getHistory());
          if (!request.getInitialState()) {
            from.setAt(request.getAfterOrder());
          }
          desk.seek(
              from.build(),
              new ReadDesk.Seeker(
                  _ -> replies.guarded(reply, () -> begin(request, selection, reply)),
                  reply::onError));
        });
  }

  private void begin(
      SubscribeRequest request,
      Selection selection,
      ServerCallStreamObserver<SubscribeReply> reply) {
    Journal journal = replica.journal();
    Subscription subscription =
        request.getInitialState()
            ? journal.feed().withState(selection, feed::wake)
            : journal.feed().resume(request.getAfterOrder(), selection, feed::wake);
    feed.add(new Subscriber(subscription, request, journal.head().history(), reply));
  }

  private static Selection selection(SubscribeRequest request) {
    if (request.getPrefixesCount() > PREFIXES_MAX) {
      throw Errors.limit("prefixes of a subscription", request.getPrefixesCount(), PREFIXES_MAX);
    }
    return Selection.under(request.getPrefixesList().stream().map(Query::key).toList());
  }
}
