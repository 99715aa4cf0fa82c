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

  /** Per million. */
  private static final int RARE_LATE = 400_000;

  private final Stage stage;
  private final Chance chance;
  private final Conditions.Wire conditions;
  private final Receiver receiver;
  private final int members;
  private final boolean[][] cut;
  private final boolean[][] promiseless;
  private final long[] slowdown;
  private final long[][] lastArrival;

  Network(Stage stage, Chance chance, Receiver receiver) {
    this.stage = stage;
    this.chance = chance;
    this.conditions = stage.conditions().wire();
    this.receiver = receiver;
    this.members = stage.conditions().group().members().voters().size();
    this.cut = new boolean[members + 1][members + 1];
    this.promiseless = new boolean[members + 1][members + 1];
    this.slowdown = new long[members + 1];
    this.lastArrival = new long[members + 1][members + 1];
  }

  /** Whether messages from {@code from} to {@code to} get lost from now on. */
  void setCut(int from, int to, boolean isCut) {
    cut[from][to] = isCut;
  }

  /** Whether everything that could end in a promise gets lost from now on: nobody is elected. */
  void setPromiseless(int from, int to, boolean isPromiseless) {
    promiseless[from][to] = isPromiseless;
  }

  /** Whether the two hear each other. */
  boolean connects(int one, int other) {
    return !cut[one][other] && !cut[other][one];
  }

  void healAll() {
    for (int member = 1; member <= members; member++) {
      Arrays.fill(cut[member], false);
      Arrays.fill(promiseless[member], false);
    }
    Arrays.fill(slowdown, 0);
  }

  /** Everything {@code member} is told takes {@code delay} longer from now on. */
  void slowDown(int member, long delay) {
    slowdown[member] = delay;
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
    boolean lost = cut[from][to] || (promiseless[from][to] && asksForPromise(message));
    if (lost || stage.strikes(chance, conditions.loss())) {
      return;
    }
    deliver(from, to, message);
    if (stage.strikes(chance, conditions.duplication())) {
      deliver(from, to, message);
    }
  }

  /** What is said once in a while is late more often, or would never be late in a whole sweep. */
  private int lateness(Message message) {
    boolean rare = message instanceof Message.Transfer && conditions.late() > 0;
    return rare ? RARE_LATE : conditions.late();
  }

  private static boolean asksForPromise(Message message) {
    return message instanceof Message.Probe
        || message instanceof Message.Prepare
        || message instanceof Message.Sync;
  }

  private void deliver(int from, int to, Message message) {
    long delay = stage.delay(chance, conditions.delayMax()) + slowdown[to];
    if (stage.strikes(chance, lateness(message))) {
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
