package dev.ordinal.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One replica's process; it can be killed and started again on the same directory. */
public final class ReplicaProcess {
  private static final int STOP_SECONDS_MAX = 15;

  private final int node;
  private final List<String> command;
  private final Path output;
  private @Nullable Process process;

  ReplicaProcess(int node, List<String> command, Path output) {
    this.node = node;
    this.command = List.copyOf(command);
    this.output = output;
  }

  public int node() {
    return node;
  }

  /** Where the process writes what it says. */
  public Path output() {
    return output;
  }

  /** Starts it. Throws {@link IllegalStateException} if it runs already. */
  public synchronized void start() {
    if (isRunning()) {
      throw new IllegalStateException("replica " + node + " runs already, pid " + pid());
    }
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("replica " + node + " cannot be started: " + command, e);
    }
  }

  public synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** The process id; of the last process if none runs. */
  public synchronized long pid() {
    return started().pid();
  }

  /** Ends it with SIGKILL, as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    Process victim = started();
    victim.destroyForcibly();
    awaitEnd(victim);
  }

  /** Asks it to end with SIGTERM, and kills it if it takes longer than 15 s. */
  public void stop() {
    Process ending = started();
    ending.destroy();
    try {
      if (!ending.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        ending.destroyForcibly();
        awaitEnd(ending);
      }
    } catch (InterruptedException e) {
      ending.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends with the exit code of the present process. */
  public CompletableFuture<Integer> onExit() {
    return started().onExit().thenApply(Process::exitValue);
  }

  private synchronized Process started() {
    if (process == null) {
      throw new IllegalStateException("replica " + node + " was never started");
    }
    return process;
  }

  private static void awaitEnd(Process ending) {
    try {
      ending.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
