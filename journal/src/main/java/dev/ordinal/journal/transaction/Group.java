package dev.ordinal.journal.transaction;

import java.util.List;

/**
 * The unit that is accepted or refused as a whole. Its reads and guards come first; then the first
 * of its alternatives that passes is taken, and the choice is not revised.
 */
public record Group(
    List<ReadKey> readKeys,
    List<ReadRange> readRanges,
    List<Guard> guards,
    List<Alternative> alternatives) {
  public Group {
    readKeys = List.copyOf(readKeys);
    readRanges = List.copyOf(readRanges);
    guards = List.copyOf(guards);
    alternatives = List.copyOf(alternatives);
    if (alternatives.isEmpty()) {
      throw new IllegalArgumentException("a group needs at least one alternative, was none");
    }
  }

  /** A group with one alternative that reads nothing but what it writes. */
  public static Group of(Operation... operations) {
    return new Group(
        List.of(), List.of(), List.of(), List.of(new Alternative(List.of(), List.of(operations))));
  }
}
