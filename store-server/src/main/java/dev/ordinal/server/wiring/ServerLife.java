package dev.ordinal.server.wiring;

import dev.ordinal.consensus.driver.Halt;
import dev.ordinal.server.config.ServerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that starts again, in this process and on the same addresses, when a snapshot waits to
 * be installed (docs/decisions/2026-11-20-snapshots-at-start.md).
 */
public final class ServerLife implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerLife.class);

  private final ServerConfig config;
  private final Halt halt;
  private StoreServer server;
  private boolean closed;

  /** As {@link StoreServer#start}. */
  public static ServerLife start(ServerConfig config, Halt halt) {
    return new ServerLife(config, halt);
  }

  private ServerLife(ServerConfig config, Halt halt) {
    this.config = config;
    this.halt = halt;
    this.server = StoreServer.start(config, halt, this::restartSoon);
  }

  /** The one that runs now. */
  public synchronized StoreServer server() {
    return server;
  }

  /** Closing waits for the thread that asks for it. */
  private void restartSoon() {
    Thread.ofPlatform().name("restart").start(this::restart);
  }

  private synchronized void restart() {
    if (closed) {
      return;
    }
    LOG.info("starts again to install a snapshot");
    server.close();
    try {
      server = StoreServer.start(config, halt, this::restartSoon);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("could not start again");
      halt.halt(Halt.Reason.UNEXPECTED, e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    server.close();
  }
}
