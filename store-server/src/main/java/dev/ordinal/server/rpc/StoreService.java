package dev.ordinal.server.rpc;

import dev.ordinal.proto.store.v1.CommitReplyFrame;
import dev.ordinal.proto.store.v1.StoreGrpc;
import dev.ordinal.server.replica.StoreReplica;
import dev.ordinal.server.wire.BytesMarshaller;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * The service {@code ordinal.store.v1.Store}: which method goes where. The two commit methods take
 * their requests as bytes, so that a transaction is never encoded again on its way into the log.
 */
public final class StoreService implements BindableService {
  private final CommitUnary commits;
  private final Reads reads;
  private final SessionDesk sessions;
  private final Subscriptions subscriptions;
  private final StatusDesk status;
  private final StoreReplica replica;
  private final Leaders leaders;
  private final int streamCredit;

  /**
   * Threads and bounds of the door.
   *
   * @param timer for reads that wait
   * @param streamCredit transactions that may be unanswered on one stream
   * @param failStop ends the process: the first storage error is the last
   */
  public record Means(
      ReadPool pool,
      FeedThread feed,
      ScheduledExecutorService timer,
      int streamCredit,
      Consumer<RuntimeException> failStop) {}

  public StoreService(StoreReplica replica, ReplicaFacts facts, Means means) {
    this.replica = replica;
    this.streamCredit = means.streamCredit();
    leaders = new Leaders(facts.addresses());
    Replies replies = new Replies(means.failStop());
    ReadDesk desk = new ReadDesk(replica, leaders, means.timer());
    commits = new CommitUnary(replica, leaders);
    reads = new Reads(desk, new Pages(replica.journal()), means.pool(), replies);
    Proposals proposals = new Proposals(replica, leaders, replies);
    sessions = new SessionDesk(replica, desk, means.pool(), proposals, replies);
    subscriptions = new Subscriptions(replica, desk, means.feed(), replies);
    status = new StatusDesk(replica, facts, leaders, desk, replies);
  }

  @Override
  public ServerServiceDefinition bindService() {
    var commit = inBytes(StoreGrpc.getCommitMethod());
    var commitStream = inBytes(StoreGrpc.getCommitStreamMethod());
    ServiceDescriptor descriptor =
        ServiceDescriptor.newBuilder(StoreGrpc.SERVICE_NAME)
            .setSchemaDescriptor(StoreGrpc.getServiceDescriptor().getSchemaDescriptor())
            .addMethod(commit)
            .addMethod(commitStream)
            .addMethod(StoreGrpc.getReadMethod())
            .addMethod(StoreGrpc.getReadStreamMethod())
            .addMethod(StoreGrpc.getOpenSessionMethod())
            .addMethod(StoreGrpc.getCloseSessionMethod())
            .addMethod(StoreGrpc.getQueryOutcomeMethod())
            .addMethod(StoreGrpc.getSubscribeMethod())
            .addMethod(StoreGrpc.getStatusMethod())
            .build();
    return ServerServiceDefinition.builder(descriptor)
        .addMethod(commit, ServerCalls.asyncUnaryCall(commits))
        .addMethod(commitStream, ServerCalls.asyncBidiStreamingCall(this::commitStream))
        .addMethod(StoreGrpc.getReadMethod(), ServerCalls.asyncUnaryCall(reads::read))
        .addMethod(
            StoreGrpc.getReadStreamMethod(),
            ServerCalls.asyncServerStreamingCall(reads::readStream))
        .addMethod(StoreGrpc.getOpenSessionMethod(), ServerCalls.asyncUnaryCall(sessions::open))
        .addMethod(StoreGrpc.getCloseSessionMethod(), ServerCalls.asyncUnaryCall(sessions::close))
        .addMethod(StoreGrpc.getQueryOutcomeMethod(), ServerCalls.asyncUnaryCall(sessions::query))
        .addMethod(
            StoreGrpc.getSubscribeMethod(),
            ServerCalls.asyncServerStreamingCall(subscriptions::subscribe))
        .addMethod(StoreGrpc.getStatusMethod(), ServerCalls.asyncUnaryCall(status::status))
        .build();
  }

  private StreamObserver<byte[]> commitStream(StreamObserver<CommitReplyFrame> replies) {
    CommitConnection connection = new CommitConnection(replica, leaders, streamCredit, replies);
    connection.open();
    return connection;
  }

  private static <R> MethodDescriptor<byte[], R> inBytes(MethodDescriptor<?, R> method) {
    return method.toBuilder(new BytesMarshaller(), method.getResponseMarshaller()).build();
  }
}
