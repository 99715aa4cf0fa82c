package dev.ordinal.client;

import java.time.Duration;

/**
 * How much of its past the store keeps. The floor is the oldest order ID that can be read at, and
 * after which a subscription can resume. It only rises: the leader moves it as the policy says, at
 * most about once a second, and never above a hold. Changes throw {@link OrdinalException} if the
 * store refuses them.
 */
public interface Retention {
  /** What some replica says. */
  RetentionStatus status();

  /** What the replica at {@code address} (host:port) says. */
  RetentionStatus status(String address);

  /** Keeps so much from now on. */
  RetentionStatus setPolicy(RetentionPolicy policy);

  /** Raises the floor to {@code order}, or as far as holds allow. */
  RetentionStatus moveFloor(OrderId order);

  /**
   * Keeps the state at {@code order} and all records after it. A hold of the same name is replaced,
   * so that a hold is renewed by placing it again.
   *
   * @param name 1 to 128 bytes
   * @param lease of replicated time, after which it ends by itself; zero: it has to be released
   */
  RetentionStatus hold(String name, OrderId order, Duration lease);

  /** Takes a hold away; one that is not there is as good as released. */
  RetentionStatus release(String name);
}
