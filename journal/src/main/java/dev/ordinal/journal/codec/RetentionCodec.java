package dev.ordinal.journal.codec;

import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.retention.RetentionChange;
import dev.ordinal.journal.retention.RetentionPolicy;
import dev.ordinal.proto.store.v1.HoldRefused;
import dev.ordinal.proto.store.v1.MoveFloor;
import dev.ordinal.proto.store.v1.PlaceHold;
import dev.ordinal.proto.store.v1.ReleaseHold;

/** Changes of retention as the log holds them, and their outcomes. */
public final class RetentionCodec {
  private RetentionCodec() {}

  /** The encoded command that carries {@code change} into the log. */
  public static byte[] command(RetentionChange change) {
    return dev.ordinal.proto.store.v1.Command.newBuilder()
        .setRetention(toMessage(change))
        .build()
        .toByteArray();
  }

  static dev.ordinal.proto.store.v1.RetentionChange toMessage(RetentionChange change) {
    var message = dev.ordinal.proto.store.v1.RetentionChange.newBuilder();
    switch (change) {
      case RetentionChange.SetPolicy(RetentionPolicy policy) ->
          message.setPolicy(toMessage(policy));
      case RetentionChange.MoveFloor(long order) ->
          message.setMoveFloor(MoveFloor.newBuilder().setOrder(order));
      case RetentionChange.PlaceHold(String name, long order, long leaseMillis) ->
          message.setPlaceHold(
              PlaceHold.newBuilder().setName(name).setOrder(order).setLeaseMillis(leaseMillis));
      case RetentionChange.ReleaseHold(String name) ->
          message.setReleaseHold(ReleaseHold.newBuilder().setName(name));
    }
    return message.build();
  }

  public static dev.ordinal.proto.store.v1.RetentionPolicy toMessage(RetentionPolicy policy) {
    return dev.ordinal.proto.store.v1.RetentionPolicy.newBuilder()
        .setOrdersMax(policy.ordersMax())
        .setBytesMax(policy.bytesMax())
        .setAgeMillisMax(policy.ageMillisMax())
        .build();
  }

  /** Throws {@link IllegalArgumentException} if {@code message} is no change. */
  static RetentionChange fromMessage(dev.ordinal.proto.store.v1.RetentionChange message) {
    return switch (message.getKindCase()) {
      case POLICY ->
          new RetentionChange.SetPolicy(
              new RetentionPolicy(
                  message.getPolicy().getOrdersMax(),
                  message.getPolicy().getBytesMax(),
                  message.getPolicy().getAgeMillisMax()));
      case MOVE_FLOOR -> new RetentionChange.MoveFloor(order(message.getMoveFloor().getOrder()));
      case PLACE_HOLD -> {
        PlaceHold place = message.getPlaceHold();
        yield new RetentionChange.PlaceHold(
            name(place.getName()), place.getOrder(), place.getLeaseMillis());
      }
      case RELEASE_HOLD -> new RetentionChange.ReleaseHold(message.getReleaseHold().getName());
      case KIND_NOT_SET ->
          throw new IllegalArgumentException("a change of retention needs a kind known here");
    };
  }

  private static String name(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a hold needs a name");
    }
    return name;
  }

  private static long order(long order) {
    if (order < 0) {
      throw new IllegalArgumentException(
          "an order ID is at most 2^63 - 1, was " + Long.toUnsignedString(order));
    }
    return order;
  }

  static HoldRefused toMessage(Outcome.HoldRefused refused) {
    return HoldRefused.newBuilder()
        .setReason(
            switch (refused.reason()) {
              case BELOW_FLOOR -> HoldRefused.Reason.BELOW_FLOOR;
              case BEYOND_HEAD -> HoldRefused.Reason.BEYOND_HEAD;
              case TOO_MANY -> HoldRefused.Reason.TOO_MANY;
            })
        .setFloor(refused.floor())
        .setCurrentOrder(refused.currentOrder())
        .build();
  }

  static Outcome.HoldRefused fromMessage(HoldRefused message) {
    Outcome.HoldRefused.Reason reason =
        switch (message.getReason()) {
          case BELOW_FLOOR -> Outcome.HoldRefused.Reason.BELOW_FLOOR;
          case BEYOND_HEAD -> Outcome.HoldRefused.Reason.BEYOND_HEAD;
          case TOO_MANY -> Outcome.HoldRefused.Reason.TOO_MANY;
          case REASON_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException("a hold refused for no known reason");
        };
    return new Outcome.HoldRefused(reason, message.getFloor(), message.getCurrentOrder());
  }
}
