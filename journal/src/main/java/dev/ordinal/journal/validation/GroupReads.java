package dev.ordinal.journal.validation;

import dev.ordinal.journal.transaction.Group;
import dev.ordinal.journal.transaction.Key;
import dev.ordinal.journal.transaction.KeyRange;
import dev.ordinal.journal.transaction.ReadKey;
import dev.ordinal.journal.transaction.ReadRange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a group says it read, for looking up. */
final class GroupReads {
  private final List<ReadRange> ranges;
  private final Set<Key> keys;

  GroupReads(Group group) {
    ranges = group.readRanges();
    keys = HashSet.newHashSet(group.readKeys().size());
    for (ReadKey read : group.readKeys()) {
      keys.add(read.key());
    }
  }

  boolean contain(Key key) {
    return keys.contains(key);
  }

  boolean contain(KeyRange range) {
    for (ReadRange read : ranges) {
      if (read.range().equals(range)) {
        return true;
      }
    }
    return false;
  }
}
