package dev.ordinal.journal.record;

import dev.ordinal.journal.transaction.Label;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How many bytes a record counts for in the bound of retention: the same on every replica, whatever
 * the encoding and the compression on disk.
 */
public final class RecordSize {
  private static final int RECORD_BYTES = 128;
  private static final int EFFECT_BYTES = 16;
  private static final int COUNTER_BYTES = 24;

  private RecordSize() {}

  public static long of(List<Label> labels, List<Effect> effects) {
    long bytes = RECORD_BYTES;
    for (Label label : labels) {
      bytes += utf8(label.name()) + utf8(label.value());
    }
    for (Effect effect : effects) {
      bytes += EFFECT_BYTES + effect.key().length() + bytesOf(effect.state());
    }
    return bytes;
  }

  private static long bytesOf(KeyState state) {
    return switch (state) {
      case KeyState.Stored(var value) -> value.length();
      case KeyState.Counter _ -> COUNTER_BYTES;
      case KeyState.Deleted() -> 0;
    };
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
