package dev.ordinal.journal.feed;

import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys that someone wants to hear of: those under some prefixes.
 *
 * @param ranges one a prefix, ascending; none overlaps another
 */
public record Selection(List<KeyRange> ranges) {
  public static final Selection EVERYTHING = new Selection(List.of(KeyRange.EVERYTHING));

  public Selection {
    ranges = List.copyOf(ranges);
    for (int i = 1; i < ranges.size(); i++) {
      Key end = ranges.get(i - 1).end();
      if (end == null || end.compareTo(ranges.get(i).start()) > 0) {
        throw new IllegalArgumentException("ranges must not overlap, were " + ranges);
      }
    }
  }

  /** The keys that begin with one of {@code prefixes}; without any, all keys. */
  public static Selection under(List<Key> prefixes) {
    if (prefixes.isEmpty()) {
      return EVERYTHING;
    }
    List<KeyRange> ranges = new ArrayList<>();
    for (Key prefix : new TreeSet<>(prefixes)) {
      if (ranges.isEmpty() || !ranges.getLast().contains(prefix)) {
        ranges.add(new KeyRange(prefix, end(prefix)));
      }
    }
    return new Selection(ranges);
  }

  /** The smallest key that is greater than all keys with the prefix; null: there is none. */
  private static @Nullable Key end(Key prefix) {
    byte[] bytes = prefix.bytes();
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      return null;
    }
    byte[] end = Arrays.copyOf(bytes, length);
    end[length - 1]++;
    return Key.wrap(end);
  }

  public boolean admits(Key key) {
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      KeyRange range = ranges.get(middle);
      if (range.contains(key)) {
        return true;
      }
      if (key.compareTo(range.start()) < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return false;
  }
}
