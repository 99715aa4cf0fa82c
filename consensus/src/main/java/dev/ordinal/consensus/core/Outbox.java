package dev.ordinal.consensus.core;

import dev.ordinal.consensus.entry.LoggedEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The effects of one step, in the order in which they were asked for. */
final class Outbox {
  private List<Effect> effects = new ArrayList<>();

  /** For messages that claim nothing about the disk. */
  void send(int to, Message message) {
    sendAfter(Effect.NO_GROUP, to, message);
  }

  void sendAfter(long group, int to, Message message) {
    effects.add(new Effect.Send(to, message, group));
  }

  void sendDecided(int to, long from, long through) {
    effects.add(new Effect.SendDecided(to, from, through));
  }

  void fetchSnapshot(int from, long slot) {
    effects.add(new Effect.FetchSnapshot(from, slot));
  }

  void persist(long group, List<Change> changes) {
    effects.add(new Effect.Persist(group, changes));
  }

  void apply(LoggedEntry logged, List<Long> tickets, long after) {
    effects.add(new Effect.Apply(logged, tickets, after));
  }

  void answer(long ticket, Verdict verdict) {
    effects.add(new Effect.Answer(ticket, verdict));
  }

  void observe(Observation observation) {
    effects.add(new Effect.Observe(observation));
  }

  List<Effect> take() {
    List<Effect> taken = Collections.unmodifiableList(effects);
    effects = new ArrayList<>();
    return taken;
  }
}
