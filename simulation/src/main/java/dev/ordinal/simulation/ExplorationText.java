package dev.ordinal.simulation;

import dev.ordinal.simulation.explore.Counterexample;
import dev.ordinal.simulation.explore.Exploration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An {@link Exploration} for people. */
final class ExplorationText {
  private final Exploration exploration;

  ExplorationText(Exploration exploration) {
    this.exploration = exploration;
  }

  String text(double seconds) {
    Exploration.Sizes sizes = exploration.sizes();
    List<String> lines = new ArrayList<>();
    lines.add(exploration.scope().toString());
    lines.add(
        String.format(
            Locale.ROOT,
            "  %,d states (%s), depth %d, %,d moves, %.1f s",
            sizes.states(),
            exploration.complete() ? "all" : "not all",
            exploration.depth(),
            sizes.moves(),
            seconds));
    lines.add(
        String.format(
            Locale.ROOT,
            "  members: %,d states, %,d steps of the core; %,d different messages",
            sizes.memberStates(),
            sizes.memberSteps(),
            sizes.messages()));
    lines.add(
        exploration.marks().entrySet().stream()
            .map(mark -> String.format(Locale.ROOT, "%s %,d", mark.getKey(), mark.getValue()))
            .collect(Collectors.joining(", ", "  with ", "")));
    Counterexample wrong = exploration.wrong();
    if (wrong != null) {
      lines.add("VIOLATION " + wrong.broken());
      wrong.path().forEach(step -> lines.add("  " + step));
    }
    return String.join(System.lineSeparator(), lines);
  }
}
