package dev.ordinal.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The limits of a transaction that are cheap to check before it travels. */
final class Limits {
  private static final int LABEL_BYTES_MAX = 1024;

  private Limits() {}

  static void check(List<Group> groups, Policy policy, Map<String, String> labels) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(
          "the transaction is empty; it needs at least one read, guard or operation");
    }
    if (policy instanceof Policy.AtLeast atLeast) {
      atMost("groups asked for", atLeast.groups(), groups.size());
    }
    int operations = 0;
    int ranges = 0;
    for (Group group : groups) {
      ranges += group.readRanges().size();
      for (Alternative alternative : group.alternatives()) {
        operations += alternative.operations().size();
      }
    }
    atMost("operations", operations, Transaction.OPERATIONS_MAX);
    atMost("ranges read", ranges, Transaction.RANGES_MAX);
    atMost("labels", labels.size(), Transaction.LABELS_MAX);
    atMost("bytes of labels", bytesOf(labels), LABEL_BYTES_MAX);
  }

  static void checkSize(int bytes) {
    atMost("bytes", bytes, Transaction.BYTES_MAX);
  }

  private static int bytesOf(Map<String, String> labels) {
    int bytes = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      bytes += label.getKey().getBytes(StandardCharsets.UTF_8).length;
      bytes += label.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  private static void atMost(String what, int value, int allowed) {
    if (value > allowed) {
      throw new IllegalArgumentException(
          "a transaction has at most %d %s, this one %d".formatted(allowed, what, value));
    }
  }
}
