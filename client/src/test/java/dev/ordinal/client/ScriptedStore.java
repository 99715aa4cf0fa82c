package dev.ordinal.client;

import dev.ordinal.proto.store.v1.CloseSessionReply;
import dev.ordinal.proto.store.v1.CloseSessionRequest;
import dev.ordinal.proto.store.v1.CommitFrame;
import dev.ordinal.proto.store.v1.CommitReply;
import dev.ordinal.proto.store.v1.CommitReplyFrame;
import dev.ordinal.proto.store.v1.CommitRequest;
import dev.ordinal.proto.store.v1.OpenSessionReply;
import dev.ordinal.proto.store.v1.OpenSessionRequest;
import dev.ordinal.proto.store.v1.OutcomeUnknown;
import dev.ordinal.proto.store.v1.QueryOutcomeReply;
import dev.ordinal.proto.store.v1.QueryOutcomeRequest;
import dev.ordinal.proto.store.v1.ReadReply;
import dev.ordinal.proto.store.v1.ReadRequest;
import dev.ordinal.proto.store.v1.StatusReply;
import dev.ordinal.proto.store.v1.StatusRequest;
import dev.ordinal.proto.store.v1.StoreGrpc;
import dev.ordinal.proto.store.v1.SubscribeReply;
import dev.ordinal.proto.store.v1.SubscribeRequest;
import dev.ordinal.proto.store.v1.TaggedOutcome;
import dev.ordinal.proto.store.v1.TaggedTransaction;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One replica's door on loopback, in front of a {@link ModelJournal} that several doors may share.
 * It does what its {@link Script} says with each transaction, and is honest about the rest.
 */
final class ScriptedStore extends StoreGrpc.StoreImplBase implements AutoCloseable {
  private final ModelJournal journal;
  private final Server server;
  private final String address;
  private final List<CommitFrame> frames = new CopyOnWriteArrayList<>();
  private final List<SubscribeRequest> subscriptions = new CopyOnWriteArrayList<>();
  private final List<StreamObserver<SubscribeReply>> subscribers = new CopyOnWriteArrayList<>();
  private volatile Script script = Script.answerAll();
  private volatile int creditAtStart = 1_000;

  ScriptedStore(ModelJournal journal) {
    this.journal = journal;
    try {
      this.server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .maxInboundMessageSize(8 << 20)
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.address = "127.0.0.1:" + server.getPort();
  }

  String address() {
    return address;
  }

  void follow(Script next) {
    script = next;
  }

  void grantAtStart(int credit) {
    creditAtStart = credit;
  }

  List<CommitFrame> frames() {
    return frames;
  }

  List<TaggedTransaction> received() {
    return frames.stream().flatMap(frame -> frame.getTransactionsList().stream()).toList();
  }

  List<SubscribeRequest> subscriptions() {
    return subscriptions;
  }

  /** Sends to whoever subscribes. */
  void publish(SubscribeReply reply) {
    subscribers.forEach(subscriber -> subscriber.onNext(reply));
  }

  /** Ends all subscriptions as a lost connection would. */
  void dropSubscribers() {
    List<StreamObserver<SubscribeReply>> dropped = List.copyOf(subscribers);
    subscribers.clear();
    dropped.forEach(subscriber -> subscriber.onError(Status.UNAVAILABLE.asRuntimeException()));
  }

  @Override
  public void commit(CommitRequest request, StreamObserver<CommitReply> replies) {
    TaggedTransaction tagged =
        TaggedTransaction.newBuilder().setTransaction(request.getTransaction()).build();
    frames.add(CommitFrame.newBuilder().addTransactions(tagged).build());
    List<TaggedOutcome> outcomes = new ArrayList<>();
    Script.Step step = script.next(this, tagged);
    step.act(journal, tagged, outcomes);
    if (outcomes.isEmpty()) {
      replies.onError(Status.UNAVAILABLE.withDescription("reply lost").asRuntimeException());
    } else if (outcomes.get(0).hasOutcome()) {
      replies.onNext(
          CommitReply.newBuilder()
              .setCommitted(outcomes.get(0).getOutcome().getCommitted())
              .build());
      replies.onCompleted();
    } else {
      replies.onError(
          StatusDetails.error(
              Status.Code.FAILED_PRECONDITION, OutcomeUnknown.getDefaultInstance()));
    }
  }

  @Override
  public StreamObserver<CommitFrame> commitStream(StreamObserver<CommitReplyFrame> replies) {
    replies.onNext(CommitReplyFrame.newBuilder().setCredit(creditAtStart).build());
    return new StreamObserver<>() {
      @Override
      public void onNext(CommitFrame frame) {
        frames.add(frame);
        List<TaggedOutcome> outcomes = new ArrayList<>();
        for (TaggedTransaction tagged : frame.getTransactionsList()) {
          if (!script.next(ScriptedStore.this, tagged).act(journal, tagged, outcomes)) {
            replies.onError(Status.UNAVAILABLE.withDescription("dropped").asRuntimeException());
            return;
          }
        }
        if (!outcomes.isEmpty()) {
          replies.onNext(
              CommitReplyFrame.newBuilder()
                  .addAllOutcomes(outcomes)
                  .setCredit(frame.getTransactionsCount())
                  .build());
        }
      }

      @Override
      public void onError(Throwable error) {}

      @Override
      public void onCompleted() {
        replies.onCompleted();
      }
    };
  }

  @Override
  public void read(ReadRequest request, StreamObserver<ReadReply> replies) {
    replies.onNext(journal.read(request));
    replies.onCompleted();
  }

  @Override
  public void openSession(OpenSessionRequest request, StreamObserver<OpenSessionReply> replies) {
    long session = journal.openSession(request.getSession().getNonce());
    replies.onNext(OpenSessionReply.newBuilder().setSession(session).build());
    replies.onCompleted();
  }

  @Override
  public void closeSession(CloseSessionRequest request, StreamObserver<CloseSessionReply> replies) {
    journal.closeSession(request.getSession());
    replies.onNext(CloseSessionReply.getDefaultInstance());
    replies.onCompleted();
  }

  @Override
  public void queryOutcome(QueryOutcomeRequest request, StreamObserver<QueryOutcomeReply> replies) {
    QueryOutcomeReply.Builder reply = QueryOutcomeReply.newBuilder();
    journal.recorded(request.getSession(), request.getSequence()).ifPresent(reply::setOutcome);
    replies.onNext(reply.build());
    replies.onCompleted();
  }

  @Override
  public void subscribe(SubscribeRequest request, StreamObserver<SubscribeReply> replies) {
    ((ServerCallStreamObserver<SubscribeReply>) replies)
        .setOnCancelHandler(() -> subscribers.remove(replies));
    subscribers.add(replies);
    subscriptions.add(request);
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusReply> replies) {
    replies.onNext(
        StatusReply.newBuilder()
            .setNode(1)
            .setRole(StatusReply.Role.LEADER)
            .setCurrentOrder(journal.lastOrder())
            .build());
    replies.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
