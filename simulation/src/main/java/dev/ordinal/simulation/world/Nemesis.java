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
    repeat(faults.slowDisk(), this::slowDisk);
    repeat(faults.syncError(), () -> chance.pick(machines).writes().failNext());
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

  private void crash() {
    Machine machine = chance.pick(machines);
    machine.crash("crash");
    if (chance.oneIn(2)) {
      machine.start();
    }
  }

  private void cutPower() {
    machines.forEach(machine -> machine.crash("power cut"));
    if (chance.oneIn(2)) {
      machines.forEach(Machine::start);
    }
  }

  private void pause() {
    Machine machine = chance.pick(machines);
    machine.pause();
    after(lasting(), machine::resume);
  }

  private void slowDisk() {
    Machine machine = chance.pick(machines);
    stage.fault(machine.member(), "slow disk");
    machine.writes().slowDown(stage.agenda().now() + lasting());
  }

  private void cutLinks() {
    network.healAll();
    switch (chance.between(1, 4)) {
      case 1 -> isolate(chance.pick(machines).member(), true, true);
      case 2 -> isolate(chance.pick(machines).member(), chance.oneIn(2), false);
      case 3 -> split();
      default -> cutAtRandom();
    }
    after(lasting(), network::healAll);
  }

  private void isolate(int member, boolean outgoing, boolean both) {
    stage.fault(member, both ? "isolation" : "one-way isolation");
    network.isolate(member, outgoing);
    if (both) {
      network.isolate(member, !outgoing);
    }
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
}
