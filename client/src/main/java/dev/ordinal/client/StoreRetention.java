package dev.ordinal.client;

import dev.ordinal.proto.store.v1.ChangeRetentionRequest;
import dev.ordinal.proto.store.v1.MoveFloor;
import dev.ordinal.proto.store.v1.PlaceHold;
import dev.ordinal.proto.store.v1.ReleaseHold;
import dev.ordinal.proto.store.v1.RetentionChange;
import dev.ordinal.proto.store.v1.RetentionGrpc;
import dev.ordinal.proto.store.v1.RetentionReply;
import dev.ordinal.proto.store.v1.ShowRetentionRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks replicas, and the leader to change something. */
final class StoreRetention implements Retention {
  private final Calls calls;
  private final ClientLoop loop;

  StoreRetention(Calls calls, ClientLoop loop) {
    this.calls = calls;
    this.loop = loop;
  }

  @Override
  public RetentionStatus status() {
    return status(
        loop.awaitRead(
            calls.call(
                RetentionGrpc.getShowMethod(),
                ShowRetentionRequest.getDefaultInstance(),
                Calls.Route.ANY)));
  }

  @Override
  public RetentionStatus status(String address) {
    return status(
        loop.awaitRead(
            calls.callAt(
                Address.checked(address),
                RetentionGrpc.getShowMethod(),
                ShowRetentionRequest.getDefaultInstance())));
  }

  @Override
  public RetentionStatus setPolicy(RetentionPolicy policy) {
    return change(
        RetentionChange.newBuilder()
            .setPolicy(
                dev.ordinal.proto.store.v1.RetentionPolicy.newBuilder()
                    .setOrdersMax(policy.ordersMax())
                    .setBytesMax(policy.bytesMax())
                    .setAgeMillisMax(policy.ageMax().toMillis())));
  }

  @Override
  public RetentionStatus moveFloor(OrderId order) {
    return change(
        RetentionChange.newBuilder().setMoveFloor(MoveFloor.newBuilder().setOrder(order.value())));
  }

  @Override
  public RetentionStatus hold(String name, OrderId order, Duration lease) {
    return change(
        RetentionChange.newBuilder()
            .setPlaceHold(
                PlaceHold.newBuilder()
                    .setName(name)
                    .setOrder(order.value())
                    .setLeaseMillis(lease.toMillis())));
  }

  @Override
  public RetentionStatus release(String name) {
    return change(
        RetentionChange.newBuilder().setReleaseHold(ReleaseHold.newBuilder().setName(name)));
  }

  /** Each change can be repeated: what it says is the same when it was made before. */
  private RetentionStatus change(RetentionChange.Builder change) {
    ChangeRetentionRequest request = ChangeRetentionRequest.newBuilder().setChange(change).build();
    return status(
        loop.awaitRead(calls.call(RetentionGrpc.getChangeMethod(), request, Calls.Route.LEADER)));
  }

  private static RetentionStatus status(RetentionReply reply) {
    var collection = reply.getCollection();
    return new RetentionStatus(
        reply.getNode(),
        new RetainedRange(OrderId.of(reply.getFloor()), OrderId.of(reply.getCurrentOrder())),
        Duration.ofMillis(reply.getClockMillis()),
        new RetentionPolicy(
            reply.getPolicy().getOrdersMax(),
            reply.getPolicy().getBytesMax(),
            Duration.ofMillis(reply.getPolicy().getAgeMillisMax())),
        reply.getHoldsList().stream().map(StoreRetention::hold).toList(),
        new RetentionStatus.Collection(
            OrderId.of(collection.getThrough()),
            collection.getRemoved(),
            Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(collection.getLongestWaitMicros()))));
  }

  private static RetentionStatus.Hold hold(dev.ordinal.proto.store.v1.Hold hold) {
    return new RetentionStatus.Hold(
        hold.getName(),
        OrderId.of(hold.getOrder()),
        hold.hasUntilMillis()
            ? Optional.of(Duration.ofMillis(hold.getUntilMillis()))
            : Optional.empty());
  }
}
