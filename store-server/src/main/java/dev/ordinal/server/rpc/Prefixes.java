package dev.ordinal.server.rpc;

import com.google.protobuf.ByteString;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** What a subscriber wants to hear of: disjoint ranges of keys, ascending. */
record Prefixes(List<KeyRange> ranges) {
  static final int COUNT_MAX = 256;

  Prefixes {
    ranges = List.copyOf(ranges);
  }

  /** No prefix at all stands for every key. Throws the error for the caller past a limit. */
  static Prefixes of(List<ByteString> prefixes) {
    if (prefixes.size() > COUNT_MAX) {
      throw Errors.limit("prefixes of a subscription", prefixes.size(), COUNT_MAX);
    }
    TreeSet<Key> ascending = new TreeSet<>();
    prefixes.forEach(prefix -> ascending.add(Query.key(prefix)));
    if (ascending.isEmpty()) {
      ascending.add(Key.EMPTY);
    }
    List<KeyRange> ranges = new ArrayList<>();
    for (Key prefix : ascending) {
      // A prefix of another comes right before all that it covers.
      if (ranges.isEmpty() || !ranges.getLast().contains(prefix)) {
        ranges.add(range(prefix));
      }
    }
    return new Prefixes(ranges);
  }

  boolean admit(Key key) {
    for (KeyRange range : ranges) {
      if (range.contains(key)) {
        return true;
      }
    }
    return false;
  }

  /** Up to the first key that is greater than all with the prefix: its last byte below 0xFF, +1. */
  private static KeyRange range(Key prefix) {
    byte[] bytes = prefix.bytes();
    for (int last = bytes.length - 1; last >= 0; last--) {
      if (bytes[last] != (byte) 0xFF) {
        byte[] end = Arrays.copyOf(bytes, last + 1);
        end[last]++;
        return new KeyRange(prefix, Key.wrap(end));
      }
    }
    return new KeyRange(prefix, null);
  }
}
