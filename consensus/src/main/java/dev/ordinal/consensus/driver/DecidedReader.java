package dev.ordinal.consensus.driver;

import dev.ordinal.consensus.core.Effect;
import dev.ordinal.consensus.core.Message;
import dev.ordinal.consensus.entry.LoggedEntry;
import dev.ordinal.consensus.log.LogStore;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads decided entries for members that are behind, on a thread of its own. */
final class DecidedReader implements Worker.Work<Effect.SendDecided> {
  private static final Logger LOGGER = LoggerFactory.getLogger(DecidedReader.class);

  /** More than that many requests mean that they are repeated faster than the disk answers. */
  private static final int WAITING_MAX = 64;

  private final LogStore log;
  private final PeerTransport transport;
  private final long bytesMax;
  private final Worker<Effect.SendDecided> worker;

  DecidedReader(LogStore log, PeerTransport transport, long bytesMax, Consumer<Throwable> failed) {
    this.log = log;
    this.transport = transport;
    this.bytesMax = bytesMax;
    this.worker = new Worker<>("consensus-reader", this, failed);
  }

  void start() {
    worker.start();
  }

  /** Drops the request if too many wait; who asked asks again. */
  void give(Effect.SendDecided request) {
    if (worker.waiting() < WAITING_MAX) {
      worker.give(request);
    }
  }

  @Override
  public void run(Effect.SendDecided request) {
    long base = log.base().slot();
    if (request.from() <= base) {
      LOGGER
          .atDebug()
          .addKeyValue("member", request.to())
          .addKeyValue("from", request.from())
          .addKeyValue("base", base)
          .log("a member wants slots that this log does not reach back to");
      return;
    }
    List<LoggedEntry> entries = log.read(request.from(), request.through(), bytesMax);
    if (!entries.isEmpty()) {
      transport.send(request.to(), new Message.CatchUp(entries, request.through()));
    }
  }

  @Override
  public void rest() {}

  void close() throws InterruptedException {
    worker.close();
  }
}
