package dev.ordinal.journal.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.transaction.Key;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest versions of keys that are read a lot. What it holds for a key is never older than the
 * published head, so a version at or before the order ID of a read is the one to be read.
 *
 * <p>Only readers bring keys in; the writer replaces what is there. A reader that looked into the
 * store before a write must not bring the old version in after it, even if the key was evicted in
 * between: the writer leaves its order ID in one of a fixed number of stripes, and the reader
 * compares that, under the cache's lock of the key, with the head it started from. Keys that share
 * a stripe cost a useless refusal, nothing else.
 */
final class HotVersions {
  private static final int STRIPES = 1 << 14;

  private final ConcurrentMap<Key, Version> versions;
  private final AtomicLongArray writtenAt = new AtomicLongArray(STRIPES);

  HotVersions(long bytesMax) {
    Cache<Key, Version> cache =
        Caffeine.newBuilder()
            .maximumWeight(bytesMax)
            .weigher(VersionSize::of)
            .executor(Runnable::run)
            .build();
    versions = cache.asMap();
  }

  @Nullable Version find(Key key) {
    return versions.get(key);
  }

  /** Brings in what a reader found in the store after it saw the head at {@code seenOrder}. */
  void found(Key key, Version version, long seenOrder) {
    versions.compute(
        key,
        (k, present) ->
            writtenAt.get(stripe(key)) > seenOrder
                    || (present != null && present.order() >= version.order())
                ? present
                : version);
  }

  /** To be called between the write to the store and the publication of the head. */
  void written(Key key, Version version) {
    writtenAt.set(stripe(key), version.order());
    versions.compute(key, (k, present) -> present == null ? null : version);
  }

  private static int stripe(Key key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash >>> (Integer.SIZE - 14);
  }
}
