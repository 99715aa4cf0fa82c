package dev.ordinal.journal.transaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read, and what shall change if that still holds.
 *
 * @param snapshot null: the transaction is blind as a whole, and must not list reads
 * @param groups evaluated in order, at least one
 */
public record Transaction(
    Origin origin,
    @Nullable Snapshot snapshot,
    Mode mode,
    Policy policy,
    List<Group> groups,
    List<Label> labels) {
  public Transaction {
    groups = List.copyOf(groups);
    labels = List.copyOf(labels);
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("a transaction needs at least one group, was none");
    }
    int required = policy.required(groups.size());
    if (required < 1 || required > groups.size()) {
      throw new IllegalArgumentException(
          "at_least must be from 1 to the number of groups, "
              + groups.size()
              + ", was "
              + required);
    }
    if (snapshot == null) {
      requireBlind(mode, groups);
    }
  }

  private static void requireBlind(Mode mode, List<Group> groups) {
    if (mode == Mode.JOURNAL) {
      throw new IllegalArgumentException("mode JOURNAL needs a read_order, was none");
    }
    for (Group group : groups) {
      if (!group.readKeys().isEmpty() || !group.readRanges().isEmpty()) {
        throw new IllegalArgumentException("a transaction with reads needs a read_order, was none");
      }
    }
  }
}
