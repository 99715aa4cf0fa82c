package dev.ordinal.client;

import org.jspecify.annotations.Nullable;

/**
 * The state of one key after a transaction that changed it.
 *
 * @param content null if it was deleted
 * @param priorOrder the transaction that changed the key before; {@link OrderId#NONE}: it did not
 *     exist
 */
public record Change(Key key, @Nullable Content content, OrderId priorOrder) {
  public boolean isDeletion() {
    return content == null;
  }
}
