package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Image;
import dev.ordinal.consensus.core.Installation;
import dev.ordinal.consensus.core.Stretch;
import dev.ordinal.consensus.entry.LogPoint;
import dev.ordinal.simulation.conditions.Chance;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one member: it fetches one at a time from another, keeps it beside its log once
 * it is complete, and starts again with it. A crash at any moment goes on, or begins anew.
 */
final class Snapshots {
  private static final int CRASHES_BETWEEN_STEPS = 250_000;

  private final Stage stage;
  private final Chance chance;
  private final Machine machine;

  /** What the state was, and who voted then. */
  private record Snapshot(StateTwin.State state, Stretch stretch) {
    LogPoint point() {
      return state.point();
    }
  }

  private @Nullable Snapshot staged;
  private boolean fetching;

  Snapshots(Stage stage, Chance chance, Machine machine) {
    this.stage = stage;
    this.chance = chance;
    this.machine = machine;
  }

  /** The process is gone; what is staged stays. */
  void crash() {
    fetching = false;
  }

  /** Asks {@code from} for a snapshot through {@code slot} or later. */
  void fetch(int from, long slot) {
    if (machine.isUp() && !fetching && staged == null) {
      fetching = true;
      later(() -> take(from, slot));
    }
  }

  private void take(int from, long slot) {
    Machine source = machine.links().machine(from);
    boolean reached = source.isUp() && machine.links().network().connects(from, machine.member());
    if (!reached || stage.strikes(chance, stage.conditions().wire().loss())) {
      fetching = false;
      return;
    }
    Snapshot snapshot = new Snapshot(source.twin().checkpoint(), source.disk().stretch());
    later(() -> stage(snapshot, slot));
    if (stage.strikes(chance, stage.conditions().wire().duplication())) {
      later(() -> stage(snapshot, slot));
    }
  }

  private void stage(Snapshot snapshot, long wanted) {
    fetching = false;
    if (snapshot.point().slot() >= Math.max(wanted, snapshot.stretch().since()) && staged == null) {
      setStaged(snapshot);
      machine.crash("restart for a snapshot");
      if (stage.isCalm() || chance.oneIn(2)) {
        machine.start();
      }
    }
  }

  /** Unless the process ends, or sleeps, before. */
  private void later(Runnable step) {
    int boot = machine.boot();
    stage
        .agenda()
        .after(
            stage.delay(chance, stage.conditions().wire().lateMax() / 8),
            () -> {
              if (boot == machine.boot() && machine.isUp()) {
                step.run();
              }
            });
  }

  /** What a start does first. Answers false if the process ends on the way. */
  boolean install() {
    Snapshot snapshot = staged;
    while (snapshot != null) {
      Image image = machine.disk().open();
      switch (Installation.of(image, snapshot.point(), snapshot.stretch())) {
        case Installation.Needless() -> setStaged(null);
        case Installation.LogFirst(var changes) -> machine.disk().write(image.group() + 1, changes);
        case Installation.StateNext() -> machine.twin().install(snapshot.state());
      }
      if (stage.strikes(chance, CRASHES_BETWEEN_STEPS)) {
        stage.fault(machine.member(), "crash while a snapshot is installed");
        return false;
      }
      if (machine.twin().applied().equals(snapshot.point())) {
        setStaged(null);
      }
      snapshot = staged;
    }
    return true;
  }

  private void setStaged(@Nullable Snapshot snapshot) {
    staged = snapshot;
    long slot = snapshot == null ? 0 : snapshot.point().slot();
    stage.oracle().logBehindState().onStaged(machine.member(), slot);
  }
}
