package dev.ordinal.journal.model;

import dev.ordinal.journal.outcome.GroupOutcome;
import dev.ordinal.journal.outcome.Outcome;
import dev.ordinal.journal.outcome.Refusal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which kinds of outcomes occurred: a test that cannot reach them proves nothing about them. */
public final class JournalCoverage {
  private final Set<String> seen = new TreeSet<>();

  public void saw(Outcome outcome) {
    seen.add(outcome.getClass().getSimpleName());
    switch (outcome) {
      case Outcome.Committed committed -> saw(committed.groups(), "partly committed");
      case Outcome.Refused refused -> saw(refused.groups(), "refused in part");
      case Outcome.TooOld none -> {}
      case Outcome.OutOfRange none -> {}
      case Outcome.SessionUnknown none -> {}
      case Outcome.SequenceForgotten none -> {}
      case Outcome.Malformed none -> {}
      case Outcome.SessionOpened none -> {}
      case Outcome.SessionClosed none -> {}
      case Outcome.LeaseGranted none -> {}
      case Outcome.LeasesFull none -> {}
      case Outcome.LeaseUnknown none -> {}
      case Outcome.LeaseRevoked none -> {}
      case Outcome.KeptAlive none -> {}
      case Outcome.ClockMarked none -> {}
      case Outcome.TickOutdated none -> {}
      case Outcome.Retains none -> {}
      case Outcome.HoldRefused refused -> seen.add("hold refused: " + refused.reason());
    }
  }

  private void saw(List<GroupOutcome> groups, String mixed) {
    boolean accepted = false;
    boolean rejected = false;
    for (GroupOutcome group : groups) {
      switch (group) {
        case GroupOutcome.Accepted(int alternative) -> {
          accepted = true;
          seen.add(alternative == 0 ? "first alternative" : "later alternative");
        }
        case GroupOutcome.Rejected(Refusal refusal) -> {
          rejected = true;
          seen.add(refusal.getClass().getSimpleName());
        }
        case GroupOutcome.NotJudged() -> seen.add("not judged");
      }
    }
    if (accepted && rejected) {
      seen.add(mixed);
    }
  }

  /** Notes something else that has to occur. */
  public void saw(String what) {
    seen.add(what);
  }

  public Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    for (Class<?> kind : Outcome.class.getPermittedSubclasses()) {
      missing.add(kind.getSimpleName());
    }
    for (Class<?> kind : Refusal.class.getPermittedSubclasses()) {
      if (kind.isInterface()) {
        for (Class<?> conflict : kind.getPermittedSubclasses()) {
          missing.add(conflict.getSimpleName());
        }
      } else {
        missing.add(kind.getSimpleName());
      }
    }
    missing.addAll(
        List.of(
            "first alternative",
            "later alternative",
            "partly committed",
            "refused in part",
            "repeat answered",
            "foregone",
            "hold refused: BELOW_FLOOR",
            "hold refused: BEYOND_HEAD",
            "floor moved",
            "collected",
            "replayed",
            "keys of a lease deleted"));
    missing.removeAll(seen);
    return missing;
  }
}
