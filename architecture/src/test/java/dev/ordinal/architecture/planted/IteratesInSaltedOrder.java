package dev.ordinal.architecture.planted;

import java.util.Set;

/** Depends on an order that differs from one JVM run to the next. */
public final class IteratesInSaltedOrder {
  public int first() {
    return Set.of(1, 2, 3).iterator().next();
  }
}
