package dev.ordinal.simulation.world;

import dev.ordinal.simulation.conditions.Chance;
import dev.ordinal.simulation.conditions.Conditions;
import java.util.ArrayList;
import java.util.List;

/** Makes things go wrong, as often as the conditions say, until it is told to stop. */
final class Nemesis {
  private final Stage stage;
  private final Chance chance;
  private final List<Machine> machines;
  private final Network network;
  private boolean stopped;
  private boolean bridged;

  Nemesis(Stage stage, Chance chance, List<Machine> machines, Network network) {
    this.stage = stage;
    this.chance = chance;
    this.machines = machines;
    this.network = network;
    Conditions.Faults faults = stage.conditions().faults();
    repeat(faults.crash(), this::crash);
    repeat(faults.powerCut(), this::cutPower);
    repeat(faults.pause(), this::pause);
    repeat(faults.cutLinks(), this::cutLinks);
    repeat(faults.bridge(), this::bridge);
    repeat(faults.slowDisk(), this::slowDisk);
    repeat(faults.syncError(), () -> chance.pick(machines).writes().failNext());
    repeat(faults.snapshot(), this::fetchSnapshot);
    watchForDead();
  }

  void stop() {
    stopped = true;
  }

  private void repeat(int everyTicks, Runnable fault) {
    if (everyTicks > 0) {
      long delay = chance.between(1L, 2L * everyTicks) * Conditions.TICK;
      after(
          delay,
          () -> {
            fault.run();
            repeat(everyTicks, fault);
          });
    }
  }

  private void after(long delay, Runnable happening) {
    stage
        .agenda()
        .after(
            delay,
            () -> {
              if (!stopped) {
                happening.run();
              }
            });
  }

  /** How long one fault lasts. */
  private long lasting() {
    return chance.between(1L, stage.conditions().faults().lastingMax()) * Conditions.TICK;
  }

  /** A supervisor restarts whatever has ended, sooner or later. */
  private void watchForDead() {
    after(
        lasting(),
        () -> {
          machines.stream().filter(machine -> !machine.isUp()).forEach(Machine::start);
          watchForDead();
        });
  }

  /** Anybody, but leaders more often: there is more to go wrong with them. */
  private Machine victim() {
    List<Machine> leaders = machines.stream().filter(Machine::leads).toList();
    return leaders.isEmpty() || chance.oneIn(2) ? chance.pick(machines) : chance.pick(leaders);
  }

  private void crash() {
    Machine machine = victim();
    machine.crash("crash");
    if (chance.oneIn(2)) {
      machine.start();
    }
  }

  /** Nobody needs it, as when it was asked for long ago; it may come to a log of any length. */
  private void fetchSnapshot() {
    chance.pick(machines).snapshots().fetch(chance.pick(machines).member(), 1);
  }

  private void cutPower() {
    machines.forEach(machine -> machine.crash("power cut"));
    if (chance.oneIn(2)) {
      machines.forEach(Machine::start);
    }
  }

  private void pause() {
    Machine machine = victim();
    machine.pause();
    after(lasting(), machine::resume);
  }

  private void slowDisk() {
    Machine machine = victim();
    stage.fault(machine.member(), "slow disk");
    long patience = chance.oneIn(2) ? timeout() : 0;
    machine.writes().slowDown(stage.agenda().now() + patience + lasting());
  }

  /** As long as a leader waits for its disk, and a follower for its leader. */
  private long timeout() {
    return stage.conditions().group().settings().timing().electionTicksMax() * Conditions.TICK;
  }

  private void cutLinks() {
    if (bridged) {
      return;
    }
    network.healAll();
    switch (chance.between(1, 5)) {
      case 1 -> isolate(victim().member(), true, true);
      case 2 -> isolate(victim().member(), chance.oneIn(2), false);
      case 3 -> split();
      case 4 -> slowLinks(victim().member());
      default -> cutAtRandom();
    }
    after(
        lasting(),
        () -> {
          if (!bridged) {
            network.healAll();
          }
        });
  }

  private void isolate(int member, boolean outgoing, boolean both) {
    stage.fault(member, both ? "isolation" : "one-way isolation");
    network.isolate(member, outgoing);
    if (both) {
      network.isolate(member, !outgoing);
    }
  }

  /** What {@code member} is told comes late, and soon nothing that it says comes at all. */
  private void slowLinks(int member) {
    stage.fault(member, "slow links");
    network.slowDown(member, chance.between(timeout() / 2, timeout()));
    after(chance.between(0L, 2 * Conditions.TICK), () -> network.isolate(member, true));
  }

  private void split() {
    stage.fault(0, "partition");
    List<Integer> side = new ArrayList<>();
    for (Machine machine : machines) {
      if (chance.oneIn(2)) {
        side.add(machine.member());
      }
    }
    for (Machine from : machines) {
      for (Machine to : machines) {
        boolean apart = side.contains(from.member()) != side.contains(to.member());
        network.setCut(from.member(), to.member(), apart);
      }
    }
  }

  private void cutAtRandom() {
    stage.fault(0, "partial partition");
    for (Machine from : machines) {
      for (Machine to : machines) {
        network.setCut(from.member(), to.member(), chance.oneIn(3));
      }
    }
  }

  /**
   * A leader proposes to a single follower, then sleeps while the others elect another and decide
   * something else. The follower learns that from them, but nothing that would make it promise;
   * then the old leader wakes up and hears nobody but this follower.
   */
  private void bridge() {
    List<Machine> leaders = machines.stream().filter(Machine::leads).toList();
    if (bridged || leaders.isEmpty() || machines.size() < 2) {
      return;
    }
    Machine leader = chance.pick(leaders);
    Machine follower = chance.pick(machines.stream().filter(one -> one != leader).toList());
    long phase = timeout() / 2;
    stage.fault(leader.member(), "bridge");
    bridged = true;
    connectOnly(leader, follower);
    after(phase, leader::pause);
    after(3 * phase, () -> connectRest(leader, follower));
    long wake = chance.between(4 * phase, 9 * phase);
    after(
        wake,
        () -> {
          connectOnly(leader, follower);
          if (chance.oneIn(2)) {
            follower.crash("crash");
            follower.start();
          }
          leader.resume();
        });
    after(
        wake + 2 * phase,
        () -> {
          bridged = false;
          network.healAll();
        });
  }

  /** The two hear each other; nobody else hears them, nor do they hear anybody else. */
  private void connectOnly(Machine one, Machine other) {
    network.healAll();
    for (Machine from : machines) {
      for (Machine to : machines) {
        boolean apart = (from == one || from == other) != (to == one || to == other);
        network.setCut(from.member(), to.member(), apart);
      }
    }
  }

  /** All but {@code without} hear each other; {@code aside} takes no part in elections. */
  private void connectRest(Machine without, Machine aside) {
    network.healAll();
    network.isolate(without.member(), true);
    network.isolate(without.member(), false);
    for (Machine from : machines) {
      network.setPromiseless(from.member(), aside.member(), true);
      network.setPromiseless(aside.member(), from.member(), true);
    }
  }
}
