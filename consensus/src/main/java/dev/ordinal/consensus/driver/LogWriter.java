package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.log.LogStore;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes groups in their order and reports them durable: on a thread of its own, or on that of the
 * driver, at once or a little later.
 */
final class LogWriter implements Worker.Work<Effect.Persist> {
  private final LogStore log;
  private final Inbox inbox;
  private final Executor driver;
  private final @Nullable Worker<Effect.Persist> worker;
  private boolean wrote;

  /**
   * @param driver runs the writing on the thread of the driver
   * @param worker whether it is done on another thread instead
   */
  LogWriter(
      LogStore log, Inbox inbox, Executor driver, boolean worker, Consumer<Throwable> failed) {
    this.log = log;
    this.inbox = inbox;
    this.driver = driver;
    this.worker = worker ? new Worker<>("consensus-log", this, failed) : null;
  }

  void start() {
    if (worker != null) {
      worker.start();
    }
  }

  void give(Effect.Persist persist) {
    if (worker != null) {
      worker.give(persist);
    } else {
      driver.execute(() -> run(persist));
    }
  }

  /** For the consensus thread, about once a second. */
  void second() {
    if (worker == null) {
      log.settle();
    }
  }

  @Override
  public void run(Effect.Persist persist) {
    log.write(persist.group(), persist.changes());
    inbox.persisted(persist.group());
    wrote = true;
  }

  /** Settles only after an idle second: a rest right behind a write would double the syncs. */
  @Override
  public void rest() {
    if (wrote) {
      wrote = false;
    } else {
      log.settle();
    }
  }

  void close() throws InterruptedException {
    if (worker != null) {
      worker.close();
    }
  }
}
