package dev.ordinal.simulation.invariant;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.entry.Batch;
import dev.ordinal.consensus.entry.Entry;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.entry.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What clients were told is true: an acknowledged command is decided where its caller was pointed
 * to; a refused one never takes effect; none takes effect more often than it was proposed, nor was
 * any never proposed. An undetermined one may or may not. Each caller gets one last word.
 */
public final class Commands implements Invariant {
  private static final String NAME = "clients are told the truth";

  private static final class Fate {
    private int mayTakeEffect;
    private int tookEffect;
  }

  private final Decisions decisions;
  private final Changes changes;
  private final Map<Payload, Fate> fates = new HashMap<>();
  private final Map<Long, Payload> open = new HashMap<>();
  private final Map<Long, Boolean> openReads = new HashMap<>();
  private long checkedThrough;

  Commands(Decisions decisions, Changes changes) {
    this.decisions = decisions;
    this.changes = changes;
  }

  /** A caller handed {@code command} to a process. */
  public void onProposed(long ticket, Payload command) {
    open.put(ticket, command);
    fates.computeIfAbsent(command, _ -> new Fate()).mayTakeEffect++;
  }

  /** A caller asked a process where it may read. */
  void onReadRequested(long ticket) {
    openReads.put(ticket, true);
  }

  @Override
  public void onStep(Step step) {
    countDecided();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Apply(LoggedEntry logged, List<Long> tickets, long _)) {
        onAcknowledged(logged, tickets);
      } else if (effect instanceof Effect.Answer(long ticket, Verdict verdict)) {
        onAnswer(ticket, verdict);
      }
    }
  }

  private void countDecided() {
    while (checkedThrough < decisions.through()) {
      checkedThrough++;
      for (Payload command : commandsOf(decisions.at(checkedThrough).entry())) {
        Fate fate = fates.get(command);
        if (fate == null || ++fate.tookEffect > fate.mayTakeEffect) {
          throw new Violation(
              NAME,
              "slot %d: a command takes effect too often or was refused".formatted(checkedThrough));
        }
      }
    }
  }

  private void onAcknowledged(LoggedEntry logged, List<Long> tickets) {
    if (tickets.isEmpty()) {
      return;
    }
    List<Payload> commands = commandsOf(logged.entry());
    for (int i = 0; i < tickets.size(); i++) {
      Payload proposed = open.remove(tickets.get(i));
      boolean complete = commands.size() == tickets.size();
      if (proposed == null || !complete || !commands.get(i).equals(proposed)) {
        throw new Violation(
            NAME,
            "ticket %d does not fit command %d of slot %d"
                .formatted(tickets.get(i), i, logged.slot()));
      }
    }
  }

  private void onAnswer(long ticket, Verdict verdict) {
    if (changes.onAnswer(ticket, verdict)) {
      return;
    }
    boolean isRead = openReads.remove(ticket) != null;
    Payload command = open.remove(ticket);
    boolean fits =
        switch (verdict) {
          case Verdict.NotLeader _, Verdict.Overloaded _ -> isRead || command != null;
          case Verdict.TooLarge _, Verdict.Undetermined _ -> command != null;
          case Verdict.ReadableAt _ -> isRead;
          case Verdict.OnMembership _ -> false;
        };
    if (!fits) {
      throw new Violation(
          NAME, "ticket %d is answered twice or wrongly: %s".formatted(ticket, verdict));
    }
    boolean refused = !(verdict instanceof Verdict.Undetermined);
    if (command != null && refused) {
      Fate fate = fates.computeIfAbsent(command, _ -> new Fate());
      if (fate.tookEffect > --fate.mayTakeEffect) {
        throw new Violation(
            NAME, "ticket %d is refused and took effect: %s".formatted(ticket, verdict));
      }
    }
  }

  private static List<Payload> commandsOf(Entry entry) {
    return switch (entry.kind()) {
      case BATCH -> Batch.decode(entry.payload());
      case BARRIER, STOP_SIGN -> List.of();
    };
  }
}
