package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Replica;
import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.core.Verdict;
import dev.ordinal.consensus.quorum.Incarnation;
import dev.ordinal.simulation.conditions.Chance;
import dev.ordinal.simulation.invariant.Step;
import dev.ordinal.simulation.invariant.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * One life of one member's process: the shell around the core, as the driver is in production. It
 * gives the core what happened, some of it at a time, and carries out what the core asks for, one
 * effect after the other, each of which may be its last.
 */
final class ReplicaProcess implements WriteQueue.Writer {
  private final Stage stage;
  private final Chance chance;
  private final Machine machine;
  private final Replica replica;
  private final Outbox outbox;
  private final ApplyQueue applying;
  private final ArrayDeque<Event> inbox = new ArrayDeque<>();
  private boolean turnDue;
  private boolean paused;
  private boolean ended;

  /** {@code image} is what recovery made of the disk. */
  ReplicaProcess(Stage stage, Chance chance, Machine machine, Image image, Machine.Links links) {
    this.stage = stage;
    this.chance = chance;
    this.machine = machine;
    var group = stage.conditions().group();
    this.replica =
        new Replica(
            machine.member(),
            new Incarnation(0, machine.member()),
            group.settings(),
            image,
            chance.generator());
    this.outbox = new Outbox(machine, stage.oracle(), links.network(), image.group());
    this.applying = new ApplyQueue(stage, chance.split(), machine, links.callers(), this);
  }

  ReplicaView view() {
    return replica.view();
  }

  boolean isEnded() {
    return ended;
  }

  boolean isAwake() {
    return !ended && !paused;
  }

  void end() {
    ended = true;
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    if (!inbox.isEmpty()) {
      scheduleTurn();
    }
  }

  /** The core will be told of {@code event}, in a while. */
  void post(Event event) {
    if (!ended) {
      inbox.add(event);
      scheduleTurn();
    }
  }

  @Override
  public void durable(long group) {
    outbox.durable(group);
  }

  @Override
  public void reported(long group) {
    post(new Event.Persisted(group));
  }

  /** Rule R10: after a failed sync nobody knows what the disk holds; only a restart finds out. */
  @Override
  public void failed() {
    machine.crash("sync error");
  }

  private void scheduleTurn() {
    if (!turnDue) {
      turnDue = true;
      stage
          .agenda()
          .after(
              stage.delay(chance, stage.conditions().shell().turnMax()),
              () -> {
                turnDue = false;
                turn();
              });
    }
  }

  private void turn() {
    if (!isAwake() || inbox.isEmpty()) {
      return;
    }
    List<Event> events = take();
    ReplicaView.Role role = replica.view().role();
    for (Event event : events) {
      stage.trace().event(stage.agenda().now(), machine.member(), event);
      if (event instanceof Event.Persisted(long group)) {
        outbox.release(group);
        applying.release(group);
      }
    }
    List<Effect> effects = step(events);
    stage.coverage().step(role, replica.view().role(), events);
    stage.oracle().onStep(new Step(machine.member(), machine.boot(), replica.view(), effects));
    perform(effects);
    if (!inbox.isEmpty()) {
      scheduleTurn();
    }
  }

  private List<Event> take() {
    int count = chance.between(1, stage.conditions().shell().turnEventsMax());
    List<Event> events = new ArrayList<>();
    while (!inbox.isEmpty() && events.size() < count) {
      events.add(inbox.remove());
    }
    return events;
  }

  private List<Effect> step(List<Event> events) {
    try {
      return replica.step(events);
    } catch (RuntimeException e) {
      throw new Violation("the core's own checks hold", e);
    }
  }

  private void perform(List<Effect> effects) {
    for (Effect effect : effects) {
      if (ended) {
        return;
      }
      if (machine.crashesNow()) {
        machine.crash("crash between two effects");
        return;
      }
      stage.coverage().effect(effect);
      stage.trace().effect(stage.agenda().now(), machine.member(), effect);
      perform(effect);
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Send send -> outbox.send(send);
      case Effect.Persist persist -> machine.write(persist);
      case Effect.Apply apply -> applying.add(apply);
      case Effect.SendDecided request -> machine.sendDecided(request);
      case Effect.FetchSnapshot(int from, long slot) -> machine.snapshots().fetch(from, slot);
      case Effect.Answer(long ticket, Verdict verdict) -> answer(ticket, verdict);
      case Effect.Observe _ -> {}
    }
  }

  private void answer(long ticket, Verdict verdict) {
    switch (verdict) {
      case Verdict.ReadableAt readable -> applying.read(ticket, readable);
      case Verdict.NotLeader _, Verdict.Overloaded _, Verdict.TooLarge _, Verdict.Undetermined _ ->
          machine.links().callers().answer(ticket, verdict);
    }
  }
}
