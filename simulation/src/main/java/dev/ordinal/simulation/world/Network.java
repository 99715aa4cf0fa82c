package dev.ordinal.simulation.world;

import dev.ordinal.consensus.core.Message;
import dev.ordinal.simulation.conditions.Chance;
import dev.ordinal.simulation.conditions.Conditions;
import java.util.Arrays;

/** Carries messages between members: late, twice, out of order, or not at all. */
final class Network {
  /** Where messages and news of lost connections arrive. */
  interface Receiver {
    void receive(int to, int from, Message message);

    void peerLost(int to, int peer);
  }

  private final Stage stage;
  private final Chance chance;
  private final Conditions.Wire conditions;
  private final Receiver receiver;
  private final int members;
  private final boolean[][] cut;
  private final long[][] lastArrival;

  Network(Stage stage, Chance chance, Receiver receiver) {
    this.stage = stage;
    this.chance = chance;
    this.conditions = stage.conditions().wire();
    this.receiver = receiver;
    this.members = stage.conditions().group().members().members().size();
    this.cut = new boolean[members + 1][members + 1];
    this.lastArrival = new long[members + 1][members + 1];
  }

  /** Whether messages from {@code from} to {@code to} get lost from now on. */
  void setCut(int from, int to, boolean isCut) {
    cut[from][to] = isCut;
  }

  void healAll() {
    for (boolean[] row : cut) {
      Arrays.fill(row, false);
    }
  }

  /** Everything {@code member} says, or everything it is told, gets lost from now on. */
  void isolate(int member, boolean outgoing) {
    for (int other = 1; other <= members; other++) {
      if (outgoing) {
        cut[member][other] = true;
      } else {
        cut[other][member] = true;
      }
    }
  }

  void send(int from, int to, Message message) {
    if (cut[from][to] || stage.strikes(chance, conditions.loss())) {
      return;
    }
    deliver(from, to, message);
    if (stage.strikes(chance, conditions.duplication())) {
      deliver(from, to, message);
    }
  }

  private void deliver(int from, int to, Message message) {
    long delay = stage.delay(chance, conditions.delayMax());
    if (stage.strikes(chance, conditions.late())) {
      delay = chance.between(0L, conditions.lateMax());
    }
    if (conditions.inOrder()) {
      delay = Math.max(delay, lastArrival[from][to] - stage.agenda().now());
      lastArrival[from][to] = stage.agenda().now() + delay;
    }
    stage.agenda().after(delay, () -> receiver.receive(to, from, message));
  }

  /** The process of {@code ended} is gone; others may notice. */
  void breakConnections(int ended) {
    for (int member = 1; member <= members; member++) {
      if (member != ended && stage.strikes(chance, conditions.lostHint())) {
        int told = member;
        stage
            .agenda()
            .after(
                stage.delay(chance, conditions.delayMax()), () -> receiver.peerLost(told, ended));
      }
    }
  }
}
