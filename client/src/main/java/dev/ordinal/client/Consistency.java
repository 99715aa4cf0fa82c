package dev.ordinal.client;

/** Which order ID a snapshot is read at. */
public sealed interface Consistency {
  /** One that is not older than any commit acknowledged before the read began. */
  static Consistency linearizable() {
    return new Linearizable();
  }

  /** The last that the asked replica has applied: cheapest, perhaps a little old. */
  static Consistency latest() {
    return new Latest();
  }

  /** Exactly this one; a replica that has not applied it yet is waited for. */
  static Consistency at(OrderId order) {
    return new At(order);
  }

  /** Not older than any acknowledged commit. */
  record Linearizable() implements Consistency {}

  /** The last that the asked replica has applied. */
  record Latest() implements Consistency {}

  /** Exactly this one. */
  record At(OrderId order) implements Consistency {}
}
