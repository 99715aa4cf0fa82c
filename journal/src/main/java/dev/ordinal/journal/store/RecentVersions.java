package dev.ordinal.journal.store;

import dev.ordinal.journal.record.KeyState;
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
  /** What is remembered of a key that has no version. */
  private static final Version NONE = new Version(0, KeyState.DELETED);

  private final long bytesMax;
  private final Map<Key, Version> byUse = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  RecentVersions(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * What is newest of {@code key}: a deletion, or a version of order ID 0, if it does not exist.
   * Null: it has to be looked up.
   */
  @Nullable Version find(Key key) {
    return byUse.get(key);
  }

  /** Notes what was looked up; null: nothing was there. Answers what {@link #find} will. */
  Version found(Key key, @Nullable Version version) {
    Version remembered = version == null ? NONE : version;
    put(key, remembered);
    return remembered;
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
