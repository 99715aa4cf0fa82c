package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.quorum.Configuration;
import dev.ordinal.consensus.quorum.QuorumSystem;
import dev.ordinal.simulation.conditions.Chance;
import dev.ordinal.simulation.conditions.Conditions;
import dev.ordinal.simulation.conditions.Swarm;
import dev.ordinal.simulation.invariant.Oracle;
import dev.ordinal.simulation.invariant.Violation;
import dev.ordinal.simulation.trace.Coverage;
import dev.ordinal.simulation.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One run: a group of members in virtual surroundings, all of it decided by a seed. First faults,
 * with every invariant checked after every step; then calm, in which everyone who is healthy has to
 * agree and every client has to be served, within a bounded time.
 */
public final class World implements Network.Receiver {
  private static final String PROGRESS = "progress in calm";
  private static final long EVENTS_MAX = 1_000_000;
  private static final int CALM_TIMEOUTS_MAX = 60;

  private final Conditions conditions;
  private final Stage stage;
  private final List<Machine> machines = new ArrayList<>();
  private final Network network;
  private final Clients clients;
  private final Chance chance;

  private World(Conditions conditions, Chance chance, Trace trace, Coverage coverage) {
    this.conditions = conditions;
    this.chance = chance;
    Configuration members = conditions.group().members();
    List<DurableLog> logs = members.voters().stream().map(_ -> new DurableLog()).toList();
    int windowMax = conditions.group().settings().window().countMax();
    Oracle oracle = new Oracle(members, windowMax, logs);
    this.stage = new Stage(conditions, oracle, trace, coverage);
    this.network = new Network(stage, chance.split(), this);
    this.clients = new Clients(stage, machines);
    Machine.Links links = new Machine.Links(network, clients, machines);
    for (int member : members.voters()) {
      VirtualDisk disk = new VirtualDisk(member, members, logs.get(member - 1), oracle);
      machines.add(new Machine(member, stage, chance.split(), links, disk));
    }
  }

  /** The run of {@code seed}; {@code trace} and {@code coverage} are told what happens. */
  public static World of(long seed, Trace trace, Coverage coverage) {
    Chance chance = Chance.of(seed);
    Conditions conditions = Swarm.draw(chance.split());
    return new World(conditions, chance.split(), trace, coverage);
  }

  public Conditions conditions() {
    return conditions;
  }

  /** How many slots have been decided. */
  public long decided() {
    return stage.oracle().decidedThrough();
  }

  /** Throws {@link Violation} if an invariant does not hold, or calm brings no progress. */
  public void run() {
    machines.forEach(Machine::start);
    clients.start(chance.split());
    Nemesis nemesis = new Nemesis(stage, chance.split(), machines, network);
    long end = conditions.safetyTicks() * Conditions.TICK;
    while (stage.agenda().next(end)) {
      requireBounded();
    }
    nemesis.stop();
    demandProgress(calmDown());
  }

  private void requireBounded() {
    if (stage.trace().events() > EVENTS_MAX) {
      throw new Violation("the work is bounded", "%d events".formatted(stage.trace().events()));
    }
  }

  /** Heals those who have to make progress from now on. */
  private List<Machine> calmDown() {
    stage.calmDown();
    network.healAll();
    List<Machine> healthy = conditions.faults().coreOnly() ? quorum() : machines;
    for (Machine machine : machines) {
      if (healthy.contains(machine) || chance.oneIn(2)) {
        machine.calmDown();
      } else {
        machine.crash("crash for good");
      }
      if (!healthy.contains(machine)) {
        network.isolate(machine.member(), chance.oneIn(2));
      }
    }
    clients.turnTo(healthy);
    return healthy;
  }

  /** As few members as can both elect and decide. */
  private List<Machine> quorum() {
    QuorumSystem quorums = conditions.group().members().quorums();
    List<Machine> rest = new ArrayList<>(machines);
    List<Machine> chosen = new ArrayList<>();
    Set<Integer> members = new TreeSet<>();
    while (!quorums.elects(members) || !quorums.decides(members)) {
      Machine next = chance.pick(rest);
      rest.remove(next);
      chosen.add(next);
      members.add(next.member());
    }
    return chosen;
  }

  private void demandProgress(List<Machine> healthy) {
    long deadline = stage.agenda().now() + calmTicksMax() * Conditions.TICK;
    long end = stage.agenda().now();
    while (!isSettled(healthy)) {
      end += Conditions.TICK;
      if (end > deadline) {
        throw new Violation(
            PROGRESS, "none within %d ticks: %s".formatted(calmTicksMax(), describe(healthy)));
      }
      while (stage.agenda().next(end)) {
        requireBounded();
      }
    }
  }

  private long calmTicksMax() {
    int timeout = conditions.group().settings().timing().electionTicksMax();
    return (long) CALM_TIMEOUTS_MAX * timeout + conditions.wire().lateMax() / Conditions.TICK + 200;
  }

  /** All clients are served; all healthy members have decided and applied the same, and know. */
  private boolean isSettled(List<Machine> healthy) {
    if (!clients.areContent()) {
      return false;
    }
    long leaders = 0;
    for (Machine machine : healthy) {
      ReplicaView view = machine.view();
      if (view == null) {
        return false;
      }
      if (view.applied() != decided() || view.length() != decided()) {
        return false;
      }
      leaders += view.role() == ReplicaView.Role.LEADER ? 1 : 0;
    }
    return leaders == 1;
  }

  private String describe(List<Machine> healthy) {
    StringBuilder text = new StringBuilder("clients content: " + clients.areContent());
    for (Machine machine : healthy) {
      text.append("%n    member %d: %s".formatted(machine.member(), machine.view()));
    }
    return text.toString();
  }

  @Override
  public void receive(int to, int from, Message message) {
    machines.get(to - 1).receive(from, message);
  }

  @Override
  public void peerLost(int to, int peer) {
    machines.get(to - 1).post(new Event.PeerLost(peer));
  }
}
