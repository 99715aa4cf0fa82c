package dev.ordinal.journal.store;

import dev.ordinal.journal.record.KeyState;
import dev.ordinal.journal.record.Version;
import dev.ordinal.journal.transaction.Key;

/** What a cached version takes of the Java heap, roughly. */
final class VersionSize {
  /** Node, key, version and state objects. */
  private static final int OVERHEAD_BYTES = 160;

  private VersionSize() {}

  static int of(Key key, Version version) {
    int stateBytes = version.state() instanceof KeyState.Stored(var value) ? value.length() : 0;
    return OVERHEAD_BYTES + key.length() + stateBytes;
  }
}
