package dev.ordinal.server.rpc;

import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.SubscribeReply;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import dev.ordinal.server.replica.StoreReplica;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Subscribe. */
final class Subscriptions {
  private final StoreReplica replica;
  private final ReadDesk desk;
  private final Feed feed;

  Subscriptions(StoreReplica replica, ReadDesk desk, Feed feed) {
    this.replica = replica;
    this.desk = desk;
    this.feed = feed;
  }

  /** Begins where the subscriber left off, once this replica has got there itself. */
  void subscribe(SubscribeRequest request, StreamObserver<SubscribeReply> observer) {
    ServerCallStreamObserver<SubscribeReply> reply = Replies.forgiving(observer);
    reply.setOnReadyHandler(feed::wake);
    Replies.guarded(
        reply,
        () -> {
          Prefixes prefixes = Prefixes.of(request.getPrefixesList());
          ReadRequest.Builder from = ReadRequest.newBuilder().setHistory(request.getHistory());
          if (!request.getInitialState()) {
            from.setAt(request.getAfterOrder());
          }
          desk.seek(
              from.build(),
              new ReadDesk.Seeker(
                  order ->
                      Replies.guarded(
                          reply,
                          () ->
                              feed.add(
                                  new Subscriber(
                                      replica.store(), request, prefixes, order, reply))),
                  reply::onError));
        });
  }
}
