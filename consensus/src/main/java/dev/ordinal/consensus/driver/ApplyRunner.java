package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Effect;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands decided entries to the state machine, on a thread of its own or at once. */
final class ApplyRunner implements Worker.Work<Effect.Apply> {
  private final Applier applier;
  private final Inbox inbox;
  private final @Nullable Worker<Effect.Apply> worker;
  private boolean busy;

  ApplyRunner(Applier applier, Inbox inbox, boolean ownThread, Consumer<Throwable> failed) {
    this.applier = applier;
    this.inbox = inbox;
    this.worker = ownThread ? new Worker<>("consensus-apply", this, failed) : null;
  }

  void start() {
    if (worker != null) {
      worker.start();
    }
  }

  void give(Effect.Apply apply) {
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
