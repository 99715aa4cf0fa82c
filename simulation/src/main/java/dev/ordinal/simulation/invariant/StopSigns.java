package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Ballot;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.Map;
import java.util.TreeMap;

/**
 * I8: nothing is proposed behind a stop-sign in its configuration, by whichever ballot; so no two
 * configurations decide the same slot.
 */
final class StopSigns implements Invariant {
  private static final String NAME = "I8 nothing follows a stop-sign";

  private final Decisions decisions;
  private final Configurations configurations;

  /** The stop-sign that a ballot has proposed, by slot. */
  private final Map<Ballot, Long> proposed = new TreeMap<>();

  private long checkedThrough;

  StopSigns(Decisions decisions, Configurations configurations) {
    this.decisions = decisions;
    this.configurations = configurations;
  }

  @Override
  public void onStep(Step step) {
    while (checkedThrough < decisions.through()) {
      checkedThrough++;
      long by = decisions.ballot(checkedThrough).configuration();
      long number = configurations.deciding(checkedThrough).number();
      if (by != number) {
        throw new Violation(
            NAME,
            "slot %d of configuration %d is decided in %s"
                .formatted(checkedThrough, number, decisions.ballot(checkedThrough)));
      }
    }
  }

  @Override
  public void onLeave(int member, Message message) {
    if (message instanceof Message.Sync sync) {
      sync.entries().forEach(logged -> propose(sync.ballot(), logged));
    } else if (message instanceof Message.Accept accept) {
      propose(accept.ballot(), accept.logged());
    }
  }

  private void propose(Ballot ballot, LoggedEntry logged) {
    Stretch next = configurations.numbered(ballot.configuration() + 1);
    long closed = proposed.getOrDefault(ballot, Long.MAX_VALUE);
    boolean beyond = logged.slot() > closed || (next != null && logged.slot() > next.since());
    if (beyond) {
      throw new Violation(
          NAME, "%s proposes %s, closed at %d: %s".formatted(ballot, logged, closed, next));
    }
    if (logged.entry().kind() == Entry.Kind.STOP_SIGN && isOwn(ballot, logged)) {
      proposed.put(ballot, logged.slot());
    }
  }

  /** A Sync may repeat what is decided, the stop-sign that began this configuration included. */
  private boolean isOwn(Ballot ballot, LoggedEntry logged) {
    Stretch stretch = configurations.numbered(ballot.configuration());
    return stretch != null && logged.slot() > stretch.since();
  }
}
