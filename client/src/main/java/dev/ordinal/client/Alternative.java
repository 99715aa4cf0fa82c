package dev.ordinal.client;

import java.util.List;

/** One way to do what a group wants: guards that must hold for it, and operations. */
public record Alternative(List<Guard> guards, List<Operation> operations) {
  public Alternative {
    guards = List.copyOf(guards);
    operations = List.copyOf(operations);
  }

  /** These operations, without guards of their own. */
  public static Alternative of(Operation... operations) {
    return new Alternative(List.of(), List.of(operations));
  }
}
