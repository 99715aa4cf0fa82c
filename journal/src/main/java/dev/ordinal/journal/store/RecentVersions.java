package dev.ordinal.journal.store;

import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.transaction.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest versions of keys that were written or looked up last, for the one thread that writes:
 * it looks up a key to judge a transaction, needs the same version again to move it into history,
 * and often meets the key again soon. Each is the newest there is, since nobody else writes.
 */
final class RecentVersions {
  private final long bytesMax;
  private final Map<Key, Version> byUse = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  RecentVersions(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  @Nullable Version find(Key key) {
    return byUse.get(key);
  }

  void put(Key key, Version version) {
    Version replaced = byUse.put(key, version);
    bytes += VersionSize.of(key, version);
    if (replaced != null) {
      bytes -= VersionSize.of(key, replaced);
    }
    while (bytes > bytesMax) {
      Map.Entry<Key, Version> eldest = byUse.entrySet().iterator().next();
      bytes -= VersionSize.of(eldest.getKey(), eldest.getValue());
      byUse.remove(eldest.getKey());
    }
  }
}
