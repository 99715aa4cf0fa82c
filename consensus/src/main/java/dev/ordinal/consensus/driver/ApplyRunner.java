package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Effect;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands decided entries to the state machine as soon as they are durable here, on a thread of its
 * own or at once: a state that is flushed at any moment is then never ahead of the log.
 */
final class ApplyRunner implements Worker.Work<Effect.Apply> {
  private final Applier applier;
  private final Inbox inbox;
  private final @Nullable Worker<Effect.Apply> worker;
  private final ArrayDeque<Effect.Apply> held = new ArrayDeque<>();
  private long durable;
  private long given;
  private long applied;
  private boolean busy;

  /** {@code durable} is the last group on the disk. */
  ApplyRunner(
      Applier applier, Inbox inbox, long durable, boolean ownThread, Consumer<Throwable> failed) {
    this.applier = applier;
    this.inbox = inbox;
    this.durable = durable;
    this.worker = ownThread ? new Worker<>("consensus-apply", this, failed) : null;
  }

  void start() {
    if (worker != null) {
      worker.start();
    }
  }

  /** Entries come in slot order, so what is held back comes before whatever is given later. */
  void give(Effect.Apply apply) {
    given = apply.logged().slot();
    if (held.isEmpty() && apply.after() <= durable) {
      hand(apply);
    } else {
      held.addLast(apply);
    }
  }

  /** {@code group} is durable, and all before it. */
  void release(long group) {
    durable = group;
    while (!held.isEmpty() && held.getFirst().after() <= group) {
      hand(held.removeFirst());
    }
  }

  /** {@code slot} is applied, and all before it. */
  void applied(long slot) {
    applied = slot;
  }

  /** How many of the slots that were given are not known to be applied. */
  long slotsBehind() {
    return Math.max(0, given - applied);
  }

  private void hand(Effect.Apply apply) {
    if (worker != null) {
      worker.give(apply);
    } else {
      run(apply);
    }
  }

  /** The consensus thread has handed out all that a turn decided. */
  void turnEnded() {
    if (worker == null) {
      rest();
    }
  }

  @Override
  public void run(Effect.Apply apply) {
    applier.apply(apply.logged(), apply.tickets());
    inbox.applied(apply.logged().slot());
    busy = true;
  }

  @Override
  public void rest() {
    if (busy) {
      busy = false;
      applier.caughtUp();
    }
  }

  void close() throws InterruptedException {
    if (worker != null) {
      worker.close();
    }
  }
}
