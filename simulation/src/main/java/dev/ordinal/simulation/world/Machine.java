package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Event;
import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.core.ReplicaView;
import dev.ordinal.consensus.driver.Recovery;
import dev.ordinal.consensus.driver.StateMismatch;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.simulation.conditions.Chance;
import dev.ordinal.simulation.conditions.Conditions;
import dev.ordinal.simulation.invariant.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One member: its disk, its clock, and the process that runs on it, if one does. */
final class Machine {
  /** How a member reaches others. */
  record Links(Network network, Callers callers, List<Machine> machines) {
    Machine machine(int member) {
      return machines.get(member - 1);
    }
  }

  private static final long CATCH_UP_BYTES_MAX = 256;

  private final int member;
  private final Stage stage;
  private final Chance chance;
  private final Links links;
  private final VirtualDisk disk;
  private final WriteQueue writes;
  private final StateTwin twin;
  private final Snapshots snapshots;
  private final long tickLength;
  private @Nullable ReplicaProcess process;
  private int boot;

  Machine(int member, Stage stage, Chance chance, Links links, VirtualDisk disk) {
    this.member = member;
    this.stage = stage;
    this.chance = chance;
    this.links = links;
    this.disk = disk;
    Conditions conditions = stage.conditions();
    this.writes = new WriteQueue(stage, chance.split(), disk);
    this.twin = new StateTwin(member, chance.split(), conditions.shell().flush(), stage.oracle());
    this.snapshots = new Snapshots(stage, chance.split(), this);
    int drift = conditions.shell().driftPercent();
    this.tickLength = Conditions.TICK * (100 + chance.between(-drift, drift)) / 100;
    stage.agenda().after(chance.between(0L, tickLength), this::tick);
  }

  int member() {
    return member;
  }

  int boot() {
    return boot;
  }

  VirtualDisk disk() {
    return disk;
  }

  WriteQueue writes() {
    return writes;
  }

  StateTwin twin() {
    return twin;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  Links links() {
    return links;
  }

  boolean isUp() {
    return process != null;
  }

  /** Whether its process believes that it leads. */
  boolean leads() {
    return process != null && process.view().role() == ReplicaView.Role.LEADER;
  }

  /** What the core believes; null while no process runs. */
  @Nullable ReplicaView view() {
    return process == null ? null : process.view();
  }

  /** Starts a process, unless one runs. */
  void start() {
    if (process != null || !snapshots.install()) {
      return;
    }
    boot++;
    Image image = recover();
    stage.oracle().onStart(member, image);
    stage.trace().surroundings(stage.agenda().now(), member, "start");
    ReplicaProcess started = new ReplicaProcess(stage, chance.split(), this, image, links);
    process = started;
    writes.open(started);
  }

  private Image recover() {
    try {
      return new Recovery(disk, twin).run(disk.open());
    } catch (StateMismatch | IllegalStateException | IllegalArgumentException e) {
      throw new Violation("a restart finds log and state that belong together", e);
    }
  }

  /** Ends the process, if one runs; whatever it had not finished is lost. */
  void crash(String why) {
    ReplicaProcess ending = process;
    if (ending != null) {
      stage.fault(member, why);
      ending.end();
      process = null;
      writes.crash();
      twin.crash();
      snapshots.crash();
      links.network().breakConnections(member);
    }
  }

  void pause() {
    if (process != null) {
      stage.fault(member, "pause");
      process.pause();
    }
  }

  void resume() {
    if (process != null) {
      process.resume();
    }
  }

  /** Planned faults do not happen; a stopped process starts again. */
  void calmDown() {
    writes.calmDown();
    start();
    resume();
  }

  /** Whether the process ends before its next effect. */
  boolean crashesNow() {
    return stage.strikes(chance, stage.conditions().shell().crashAtEffect());
  }

  void receive(int from, Message message) {
    post(new Event.Received(from, message));
  }

  void post(Event event) {
    if (process != null) {
      process.post(event);
    }
  }

  private void tick() {
    if (process != null && process.isAwake()) {
      process.post(new Event.Tick());
      process.post(new Event.Droppable(twin.durableSlot()));
    }
    stage.agenda().after(tickLength, this::tick);
  }

  void write(Effect.Persist persist) {
    writes.write(persist);
  }

  /** A reader with its own pace. */
  void sendDecided(Effect.SendDecided request) {
    int asked = boot;
    stage
        .agenda()
        .after(
            stage.delay(chance, stage.conditions().storage().reportMax()),
            () -> {
              if (asked == boot && process != null) {
                read(request);
              }
            });
  }

  private void read(Effect.SendDecided request) {
    List<LoggedEntry> entries = disk.read(request.from(), request.through(), CATCH_UP_BYTES_MAX);
    if (!entries.isEmpty()) {
      Message catchUp = new Message.CatchUp(entries, request.through());
      stage.oracle().onLeave(member, catchUp);
      links.network().send(member, request.to(), catchUp);
    }
  }
}
