package dev.ordinal.simulation.mutants;

import java.util.ArrayList;
import java.util.List;

/**
 * One planted bug: replacements in source files, each of whose places must occur exactly once, so
 * that a change of the sources which breaks the mutant is noticed.
 *
 * @param seedsMax within how many seeds the simulator must find it
 */
record Mutant(String name, int seedsMax, List<Edit> edits) {
  /** {@code file} is the path behind {@code src/main/java/dev/ordinal/}. */
  record Edit(String file, String find, String replace) {}

  Mutant {
    edits = List.copyOf(edits);
  }

  static Mutant of(String name, int seedsMax) {
    return new Mutant(name, seedsMax, List.of());
  }

  Mutant with(String file, String find, String replace) {
    List<Edit> more = new ArrayList<>(edits);
    more.add(new Edit(file, find, replace));
    return new Mutant(name, seedsMax, more);
  }

  @Override
  public String toString() {
    return name;
  }
}
