package dev.ordinal.journal.transaction;

import java.util.List;

/** One way to do what a group wants: taken if its guards hold and its operations can be done. */
public record Alternative(List<Guard> guards, List<Operation> operations) {
  public Alternative {
    guards = List.copyOf(guards);
    operations = List.copyOf(operations);
  }
}
