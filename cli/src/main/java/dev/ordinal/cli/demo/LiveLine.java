package dev.ordinal.cli.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One line on standard error that shows how far the run is: rewritten in place on a terminal. */
final class LiveLine implements AutoCloseable {
  private static final long TERMINAL_PERIOD_MILLIS = 200;
  private static final long LOG_PERIOD_MILLIS = 2_000;
  private static final int WIDTH = 110;

  private final PrintStream out;
  private final Progress progress;
  private final LeaderWatch leaders;
  private final int tasks;
  private final boolean terminal = isTerminal();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("live-line").factory());

  private long shownNanos = System.nanoTime();
  private long shownCommits;

  LiveLine(PrintStream out, Progress progress, LeaderWatch leaders, int tasks) {
    this.out = out;
    this.progress = progress;
    this.leaders = leaders;
    this.tasks = tasks;
    long period = terminal ? TERMINAL_PERIOD_MILLIS : LOG_PERIOD_MILLIS;
    var _ = thread.scheduleWithFixedDelay(this::show, period, period, TimeUnit.MILLISECONDS);
  }

  /** Shows the line once more, and leaves it. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      thread.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    show();
    if (terminal) {
      out.println();
    }
  }

  private synchronized void show() {
    long now = System.nanoTime();
    long commits = progress.commits();
    double seconds = Math.max(1e-3, (now - shownNanos) / 1e9);
    String line =
        "placed %,d of %,d  unplaced %,d  conflicts %,d  leader %s  order ID %s  %,.0f commits/s"
            .formatted(
                progress.placed(),
                tasks,
                progress.unplaced(),
                progress.refused(),
                leaders.leader() == 0 ? "none" : "node " + leaders.leader(),
                progress.order(),
                (commits - shownCommits) / seconds);
    shownNanos = now;
    shownCommits = commits;
    out.print(terminal ? "\r" + pad(line) : line + System.lineSeparator());
    out.flush();
  }

  @SuppressWarnings("SystemConsoleNull") // its contract still allows null
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static String pad(String line) {
    return line.length() >= WIDTH ? line : line + " ".repeat(WIDTH - line.length());
  }
}
